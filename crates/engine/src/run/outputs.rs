//! What steps leave behind: their outputs become variables.

use burgee_cue::{Data, Limits};
use burgee_model::{Event, JournalError, Reason, StepPhase};
use burgee_source::{Kind, Map, Node};

use super::{
    Running,
    step::{Failure, Stop, empty},
};
use crate::plan::PlannedOutput;

// === impl Running ===

impl Running<'_> {
    /// Evaluates the outputs of a step that ended well. Unlike in KubeVela, one that cannot be had fails its step: whoever
    /// waits for it would get `null` otherwise. Then none of them is set.
    pub(super) fn outputs(&self, place: usize, scope: &Node) -> Result<(), Stop> {
        let context = self.context_of(place);
        let mut values = Vec::new();
        for output in &self.plan.steps[place].outputs {
            let value = evaluate(output, scope, &context).map_err(|error| {
                let why = error.message(self.lang());
                Failure {
                    problems: vec![error],
                    ..Failure::new(
                        Reason::Output,
                        format!(
                            "failed to get output from {}: {why}",
                            output.value_from.value
                        ),
                    )
                }
            })?;
            let name = output.name.value.as_str();
            // What an earlier life of this step has left is its own.
            let ours = self.is_ours(place, output);
            let variables = self.variables();
            match variables.get(name) {
                Some(first) if !ours && !first.is_null() && *first != value => {
                    let error = burgee_inject::Conflict {
                        name: name.to_owned(),
                        first: first.span,
                    };
                    return Err(Stop::Failed(Failure {
                        problems: vec![error.diagnostic(output.name.span)],
                        ..Failure::new(
                            Reason::Output,
                            format!("failed to set output {name}: {error}"),
                        )
                    }));
                }
                Some(_) | None => values.push((output, value)),
            }
        }
        for (output, value) in values {
            self.leave(place, output, value)?;
        }
        Ok(())
    }

    /// The outputs of a step that failed: those that can be had without it, `null` for the rest, so that whoever waits
    /// for them need not wait for ever.
    pub(super) fn late_outputs(&self, place: usize) -> Result<(), JournalError> {
        let step = &self.plan.steps[place].step;
        let given = step.properties.as_ref().filter(|node| !node.is_null());
        let scope = Node::map([("parameter", given.cloned().unwrap_or_else(empty))]);
        self.set_unset(place, Some(&scope))
    }

    /// The outputs of a step that did not run: `null`.
    pub(super) fn no_outputs(&self, place: usize) -> Result<(), JournalError> {
        self.set_unset(place, None)
    }

    /// The outputs of a group, which see its `context` and nothing else.
    pub(super) fn group_outputs(&self, place: usize, phase: StepPhase) -> Result<(), JournalError> {
        match phase {
            StepPhase::Skipped => self.no_outputs(place),
            _ => self.set_unset(place, Some(&Node::map([("parameter", empty())]))),
        }
    }

    /// Works out variables that hold a secret and were not kept: from the parameters of their steps, as they are now.
    /// Gives the names of those that came from elsewhere.
    pub(super) fn find_hidden(&self) -> Vec<String> {
        let mut lost = Vec::new();
        for place in 0..self.plan.steps.len() {
            for output in &self.plan.steps[place].outputs {
                let hidden = {
                    let state = self.state();
                    let variable = state.variables.get(&output.name.value);
                    variable.is_some_and(|it| it.hidden && it.step == self.ids[place])
                };
                if !hidden {
                    continue;
                }
                let parameter = self.parameter(place);
                let scope = parameter.map(|parameter| Node::map([("parameter", parameter)]));
                let context = self.context_of(place);
                let value = scope.and_then(|scope| evaluate(output, &scope, &context).ok());
                match value {
                    Some(value) => self.variables().put(output.name.value.as_str(), value),
                    None => lost.push(output.name.value.to_string()),
                }
            }
        }
        lost
    }

    fn set_unset(&self, place: usize, scope: Option<&Node>) -> Result<(), JournalError> {
        let outputs = &self.plan.steps[place].outputs;
        if outputs.is_empty() {
            return Ok(());
        }
        let context = self.context_of(place);
        for output in outputs {
            let known = self.variables().get(output.name.value.as_str()).is_some();
            if known {
                continue;
            }
            let value = scope.and_then(|scope| evaluate(output, scope, &context).ok());
            self.leave(place, output, value.unwrap_or(Kind::Null.into()))?;
        }
        Ok(())
    }

    fn leave(&self, place: usize, output: &PlannedOutput, value: Node) -> Result<(), JournalError> {
        let name = &output.name.value;
        self.variables().put(name.as_str(), value.clone());
        self.record(Event::VariableSet {
            step: self.ids[place].clone(),
            name: name.clone(),
            value: value.into(),
            hidden: false,
        })
    }

    fn is_ours(&self, place: usize, output: &PlannedOutput) -> bool {
        let state = self.state();
        let variable = state.variables.get(&output.name.value);
        variable.is_some_and(|variable| variable.step == self.ids[place])
    }
}

fn evaluate(
    output: &PlannedOutput,
    scope: &Node,
    context: &Node,
) -> Result<Node, burgee_source::Diagnostic> {
    let fields = scope.as_map().into_iter().flat_map(Map::iter);
    let names: Vec<(&str, &dyn Data)> = fields
        .map(|(name, entry)| (name, &entry.value as &dyn Data))
        .chain([("context", context as &dyn Data)])
        .collect();
    let value = output.program.evaluate(&names, &Limits::default());
    let value = match (value, &output.returned) {
        // Results of calls stand below `$returns`, and older expressions do not say so.
        (Err(error), Some(returned)) => returned
            .evaluate(&names, &Limits::default())
            .map_err(|_| error),
        (value, _) => value,
    };
    value
        .map(|value| value.to_node())
        .map_err(|error| *error.diagnostic)
}
