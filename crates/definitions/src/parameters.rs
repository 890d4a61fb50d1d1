//! The parameters of a step: read alike by the check before a run and by each pass.

use burgee_model::{Reason, Step};
use burgee_source::{Diagnostic, Kind, Map, Node, Severity};

use crate::{
    PassError, PassInput,
    params::Params,
    pending::{Scope, step_keys},
};

/// A reader of one step's parameters: `None` when it has reported why there are none.
pub(crate) type Read<T> = fn(&mut Params<'_, '_, '_>) -> Option<T>;

/// Reports what is wrong with a step's properties; what inputs will fill counts as given.
pub(crate) fn check<T>(step: &Step, read: Read<T>, out: &mut Vec<Diagnostic>) {
    let pending = step_keys(step);
    read_from(step, step.properties.as_ref(), &pending, read, out);
}

/// The parameters of a pass. Fields that nobody reads are no reason to fail.
pub(crate) fn of<T>(input: &PassInput<'_>, read: Read<T>) -> Result<T, PassError> {
    let mut problems = Vec::new();
    let found = read_from(input.step, Some(input.parameter), &[], read, &mut problems);
    problems.retain(|problem| problem.severity() == Severity::Error);
    found
        .filter(|_| problems.is_empty())
        .ok_or_else(|| PassError::new(Reason::Rendering, problems))
}

fn read_from<T>(
    step: &Step,
    properties: Option<&Node>,
    pending: &[String],
    read: Read<T>,
    out: &mut Vec<Diagnostic>,
) -> Option<T> {
    let nothing = Node::new(Kind::Map(Map::default()), step.type_name.span);
    let properties = properties.filter(|node| !node.is_null());
    let owner = format!("`{}`", step.type_name.value.base());
    let scope = Scope::new("properties", pending);
    let mut params = Params::new(properties.unwrap_or(&nothing), owner, scope, out);
    let found = read(&mut params);
    params.finish();
    found
}
