//! `step-group`: the engine runs its sub-steps; it has no properties of its own.

use burgee_model::{Pass, Step};
use burgee_source::{Diagnostic, Node};

use crate::rules;

pub(crate) fn check(step: &Step, out: &mut Vec<Diagnostic>) {
    let properties = step.properties.as_ref();
    if let Some(properties) = properties.filter(|node| !node.is_null()) {
        let problem = Diagnostic::new(&rules::NO_EFFECT).arg("field", "properties");
        out.push(problem.at(properties.span).hint(rules::SUB_STEPS));
    }
}

/// Its outputs see an empty `parameter`, as in KubeVela.
pub(crate) fn pass() -> Pass {
    Pass::Done(Node::map([("parameter", Node::map([]))]))
}
