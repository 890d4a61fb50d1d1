//! One step: inputs in, passes until it is done, outputs out.

use std::time::Duration;

use burgee_cue::{Data, Limits};
use burgee_definitions::{
    PassError, PassInput, component_for, component_tree, pass, with_component_tree,
};
use burgee_inject::Variables;
use burgee_model::{Call, CallContext, CallKind, Component, Event, Pass, Reason, Results, StepId};
use burgee_source::{Diagnostic, Kind, Lang, Map, Node};

use crate::{
    plan::{PlannedInput, PlannedOutput, PlannedStep},
    run::Running,
};

/// How long a waiting step rests when its target cannot tell that something changed.
const POLL: Duration = Duration::from_secs(5);

/// How a step failed.
#[derive(Debug)]
pub(crate) struct Failure {
    /// KubeVela's reason.
    pub(crate) reason: Reason,
    /// For the step's `message`.
    pub(crate) message: String,
    /// The places in the user's file, if it is the file's fault.
    pub(crate) problems: Vec<Diagnostic>,
}

/// One step under way.
pub(crate) struct StepRun<'a> {
    /// The run it belongs to.
    pub(crate) run: &'a Running<'a>,
    /// The step.
    pub(crate) planned: &'a PlannedStep,
    /// Its id.
    pub(crate) id: StepId,
    /// Its `context`.
    pub(crate) context: Node,
}

/// What a step works with once its inputs are in place.
struct Injected {
    parameter: Node,
    component: Option<Component>,
}

// === impl StepRun ===

impl StepRun<'_> {
    /// Runs the step. When it ends well, its outputs are in `variables`; when it does not, none are.
    pub(crate) async fn execute(&self, variables: &mut Variables) -> Result<(), Failure> {
        let injected = self.inject(variables)?;
        let scope = self.passes(&injected).await?;
        let mut set = variables.clone();
        for output in &self.planned.outputs {
            self.output(output, &scope, &mut set)?;
        }
        *variables = set;
        for output in &self.planned.outputs {
            let name = output.name.value.clone();
            self.run.emit(Event::VariableSet {
                step: self.id.clone(),
                name,
            });
        }
        Ok(())
    }

    /// Puts the inputs in place, in order: the last one of a path wins.
    fn inject(&self, variables: &Variables) -> Result<Injected, Failure> {
        let step = &self.planned.step;
        let given = step.properties.as_ref().filter(|node| !node.is_null());
        let mut parameter = given.cloned().unwrap_or_else(empty);
        if !self.planned.kind.takes_component() {
            for input in &self.planned.inputs {
                self.set(input, variables, &mut parameter)?;
            }
            let component = None;
            return Ok(Injected {
                parameter,
                component,
            });
        }
        let rendering = |problems| Failure::of(Reason::Rendering, problems, self.run.lang());
        let component = component_for(step, &self.run.plan.application).map_err(rendering)?;
        let mut tree = component_tree(component);
        for input in &self.planned.inputs {
            self.set(input, variables, &mut tree)?;
        }
        let changed = with_component_tree(component, &tree);
        let component = changed.map_err(|problem| rendering(vec![*problem]))?;
        Ok(Injected {
            parameter,
            component: Some(component),
        })
    }

    fn set(
        &self,
        input: &PlannedInput,
        variables: &Variables,
        tree: &mut Node,
    ) -> Result<(), Failure> {
        let from = &input.from;
        let value = variables.resolve(&from.value, &self.context);
        let value = value.map_err(|error| Failure {
            reason: Reason::Input,
            message: format!("get input from [{}]: {error}", from.value),
            problems: vec![error.diagnostic(from.span)],
        })?;
        let Some(path) = &input.path else {
            return Ok(());
        };
        let set = path.value.set(tree, value.clone());
        set.map_err(|error| Failure {
            reason: Reason::Input,
            message: format!("set input [{}]: {error}", from.value),
            problems: vec![error.diagnostic(path.span)],
        })
    }

    /// Passes until the step is done. The result of an `observe` call lives for one pass; others are kept.
    async fn passes(&self, injected: &Injected) -> Result<Node, Failure> {
        let input = PassInput {
            step: &self.planned.step,
            parameter: &injected.parameter,
            component: injected.component.as_ref(),
            application: &self.run.plan.application,
            context: &self.run.render,
        };
        let mut results = Results::default();
        let mut observed: Vec<String> = Vec::new();
        let mut waited_for = None;
        loop {
            let passed = pass(self.planned.kind, &input, &results);
            for path in observed.drain(..) {
                results.shift_remove(&path);
            }
            match passed.map_err(|error| self.pass_failure(error))? {
                Pass::Done(scope) => return Ok(scope),
                Pass::Calls(calls) => self.calls(calls, &mut results, &mut observed).await?,
                Pass::Waiting(message) => {
                    if waited_for.as_ref() != Some(&message) {
                        self.run.emit(Event::StepWaiting {
                            step: self.id.clone(),
                            message: message.clone(),
                        });
                        waited_for = Some(message);
                    }
                    tokio::select! {
                        () = self.run.engine.target.changed() => {}
                        () = self.run.engine.clock.sleep(POLL) => {}
                    }
                }
            }
        }
    }

    /// Makes all calls, also behind one that failed: a channel that is down keeps nobody else from hearing.
    async fn calls(
        &self,
        calls: Vec<Call>,
        results: &mut Results,
        observed: &mut Vec<String>,
    ) -> Result<(), Failure> {
        let context = CallContext {
            run: self.run.id.clone(),
            step: self.id.clone(),
            namespace: self.run.render.namespace.clone(),
        };
        let mut failed = Vec::new();
        for call in calls {
            let Some(provider) = self.run.engine.provider(call.provider) else {
                failed.push(format!("there is no provider `{}`", call.provider));
                continue;
            };
            let emit = |event| self.run.emit(event);
            match provider.call(&context, &call, &emit).await {
                Ok(result) => {
                    match provider.kind(call.action) {
                        CallKind::Observe => observed.push(call.path.clone()),
                        CallKind::Idempotent | CallKind::Once => {}
                    }
                    results.insert(call.path, result);
                }
                Err(error) => failed.push(error.message),
            }
        }
        if failed.is_empty() {
            return Ok(());
        }
        Err(Failure {
            reason: Reason::Execute,
            message: failed.join("; "),
            problems: Vec::new(),
        })
    }

    /// Evaluates one output. Unlike in KubeVela, an output that cannot be had fails its step: whoever waits
    /// for it would get `null` otherwise.
    fn output(
        &self,
        output: &PlannedOutput,
        scope: &Node,
        variables: &mut Variables,
    ) -> Result<(), Failure> {
        let fields = scope.as_map().into_iter().flat_map(Map::iter);
        let names: Vec<(&str, &dyn Data)> = fields
            .map(|(name, entry)| (name, &entry.value as &dyn Data))
            .chain([("context", &self.context as &dyn Data)])
            .collect();
        let value = output.program.evaluate(&names, &Limits::default());
        let value = value.map_err(|error| {
            let why = error.diagnostic.message(self.run.lang());
            Failure {
                reason: Reason::Output,
                message: format!(
                    "failed to get output from {}: {why}",
                    output.value_from.value
                ),
                problems: vec![*error.diagnostic],
            }
        })?;
        let name = output.name.value.as_str();
        let set = variables.set(name, value.to_node());
        set.map_err(|error| Failure {
            reason: Reason::Output,
            message: format!("failed to set output {name}: {error}"),
            problems: vec![error.diagnostic(output.name.span)],
        })
    }

    fn pass_failure(&self, error: PassError) -> Failure {
        Failure::of(error.reason, error.diagnostics, self.run.lang())
    }
}

// === impl Failure ===

impl Failure {
    fn of(reason: Reason, problems: Vec<Diagnostic>, lang: Lang) -> Self {
        let messages: Vec<_> = problems
            .iter()
            .map(|problem| problem.message(lang))
            .collect();
        Self {
            reason,
            message: messages.join("; "),
            problems,
        }
    }
}

fn empty() -> Node {
    Kind::Map(Map::default()).into()
}
