//! `if`: what it sees, and what comes of it.

use burgee_cue::{Data, Limits, Program, Step as Selector, Value};
use burgee_model::{Event, Exact, JournalError, Read, Reason, StepPhase, StepState};
use burgee_source::{Kind, Map, Node, Span};

use super::{
    Running,
    step::{Failure, empty},
};
use crate::plan::Expression;

// === impl Running ===

impl Running<'_> {
    /// Whether an `if` holds. One that cannot be evaluated fails its step; KubeVela skips it without a word.
    pub(super) fn ask(
        &self,
        place: usize,
        expression: &Expression,
    ) -> Result<Result<bool, Failure>, JournalError> {
        let status = self.status(expression);
        let inputs = self.inputs(place);
        let context = self.context_of(place);
        let step = &self.plan.steps[place].step;
        let parameter = step.properties.clone().unwrap_or_else(empty);
        let names: [(&str, &dyn Data); 4] = [
            ("status", &status),
            ("inputs", &inputs),
            ("context", &context),
            ("parameter", &parameter),
        ];
        let value = expression.program.evaluate(&names, &Limits::default());
        let what = match value {
            Ok(Value::Bool(true)) => return Ok(Ok(true)),
            Ok(Value::Bool(false)) => {
                self.record(Event::ConditionFalse {
                    step: self.ids[place].clone(),
                    condition: expression.text.value.clone(),
                    read: read(&expression.program, &names),
                })?;
                return Ok(Ok(false));
            }
            Ok(other) => Failure::new(
                Reason::Rendering,
                format!(
                    "invalid if value: {} is not a boolean",
                    other.to_json_text()
                ),
            ),
            Err(error) => {
                let why = error.diagnostic.message(self.lang());
                Failure {
                    problems: vec![*error.diagnostic],
                    ..Failure::new(Reason::Rendering, format!("invalid if value: {why}"))
                }
            }
        };
        Ok(Err(what))
    }

    /// `status`: the steps that the expression asks about.
    fn status(&self, expression: &Expression) -> Node {
        let state = self.state();
        let steps = expression.status.iter();
        let steps = steps.map(|(name, place)| (name.clone(), status_of(&state.steps[*place])));
        Kind::Map(steps.collect::<Map>()).into()
    }

    /// `inputs`: the values that the step takes in, by the whole of what `from` says.
    fn inputs(&self, place: usize) -> Node {
        let context = self.context_of(place);
        let variables = self.variables();
        let mut inputs = Map::default();
        for input in &self.plan.steps[place].inputs {
            let from = &input.from.value;
            if let Ok(value) = variables.resolve(from, &context) {
                inputs.insert(from.as_str(), Span::NONE, value.clone());
            }
        }
        Kind::Map(inputs).into()
    }
}

/// KubeVela's names for what is known of a step.
pub(crate) fn status_of(step: &StepState) -> Node {
    let is = |holds: bool| Node::from(Kind::Bool(holds));
    let time = |at: Option<jiff::Timestamp>| at.map(|at| Node::string(at.to_string()));
    let mut map = Map::default();
    let texts = [
        ("id", Some(Node::string(step.head.id.as_str()))),
        ("name", Some(Node::string(step.head.name.as_str()))),
        ("type", Some(Node::string(step.head.type_name.as_str()))),
        ("phase", Some(Node::string(step.phase.as_str()))),
        ("message", Some(Node::string(&step.message))),
        (
            "reason",
            Some(Node::string(step.reason.map_or("", Reason::as_str))),
        ),
        ("firstExecuteTime", time(step.first_execute_time)),
        ("lastExecuteTime", time(step.last_execute_time)),
        ("failed", Some(is(step.phase == StepPhase::Failed))),
        ("succeeded", Some(is(step.phase == StepPhase::Succeeded))),
        ("skipped", Some(is(step.phase == StepPhase::Skipped))),
        ("timeout", Some(is(step.reason == Some(Reason::Timeout)))),
        (
            "failedAfterRetries",
            Some(is(step.reason == Some(Reason::FailedAfterRetries))),
        ),
        (
            "terminate",
            Some(is(step.reason == Some(Reason::Terminate))),
        ),
    ];
    for (name, value) in texts {
        if let Some(value) = value {
            map.insert(name, Span::NONE, value);
        }
    }
    Kind::Map(map).into()
}

/// What an expression read, for whoever asks why it did not hold.
fn read(program: &Program, names: &[(&str, &dyn Data)]) -> Vec<Read> {
    let references = program.references();
    let reads = references.into_iter().map(|reference| {
        let mut name = reference.root.clone();
        for selector in &reference.path {
            match selector {
                Selector::Field(field) if is_plain(field) => name.push_str(&format!(".{field}")),
                Selector::Field(field) => {
                    name.push_str(&format!("[{}]", Node::string(field).to_json_text()));
                }
                Selector::Index(index) => name.push_str(&format!("[{index}]")),
            }
        }
        let value = Program::expression(&name, burgee_source::SourceId(0)).ok();
        let value = value.and_then(|path| path.evaluate(names, &Limits::default()).ok());
        Read {
            name,
            value: value.map(|value| Exact::from(value.to_node())),
        }
    });
    reads.collect()
}

fn is_plain(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || c == '_')
}
