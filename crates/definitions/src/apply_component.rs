//! `apply-component`: applies a component's objects and waits until they are healthy.
//!
//! Two calls, one after the other: `apply` is made once, `observe` anew on each pass, since its result does
//! not outlive a pass.

use burgee_model::{Application, Call, Component, Object, ObjectId, Pass, Reason, Results, Step};
use burgee_source::{Diagnostic, Fields, Kind, Map, Node, Severity, Span, nearest};
use serde_json::{Value, json};

use crate::{
    PassError, PassInput, Rendered, health,
    render::render_in,
    rules::{self, DID_YOU_MEAN},
};

const APPLY: &str = "apply";
const OBSERVE: &str = "observe";

/// The component that an `apply-component` step names.
///
/// # Errors
///
/// When the step names none, or one that the application does not have.
pub fn component_for<'a>(
    step: &Step,
    application: &'a Application,
) -> Result<&'a Component, Vec<Diagnostic>> {
    let mut out = Vec::new();
    let (component, _) = read(step, step.properties.as_ref(), application, &mut out);
    // Fields that nobody reads are no reason not to find the component.
    out.retain(|problem| problem.severity() == Severity::Error);
    component.ok_or(out)
}

/// Checks the step's own parameters and that the component exists.
pub(crate) fn check(step: &Step, application: &Application, out: &mut Vec<Diagnostic>) {
    read(step, step.properties.as_ref(), application, out);
}

pub(crate) fn pass(input: &PassInput<'_>, results: &Results) -> Result<Pass, PassError> {
    let rendering = |diagnostics| PassError::new(Reason::Rendering, diagnostics);
    let (component, rendered) = rendered(input).map_err(rendering)?;
    if !results.contains_key(APPLY) {
        let objects = rendered.objects().into_iter();
        let objects: Vec<_> = objects.map(Object::value).collect();
        return Ok(call(APPLY, json!({ "objects": objects })));
    }
    let ids = rendered.ids();
    let Some(observed) = results.get(OBSERVE) else {
        return Ok(call(OBSERVE, json!({ "ids": ids })));
    };
    let live = Live::read(observed, &ids).ok_or_else(malformed)?;
    let workload = live.get(&rendered.workload.id());
    let expected = rendered.auxiliaries.iter();
    let auxiliaries: Vec<(String, Object)> = expected
        .filter_map(|(key, object)| Some((key.clone(), live.get(&object.id())?.clone())))
        .collect();
    let verdict = health(component, &input.context.app_name, workload, &auxiliaries);
    match workload {
        Some(workload) if verdict.healthy && auxiliaries.len() == rendered.auxiliaries.len() => {
            Ok(Pass::Done(data(input, workload, auxiliaries)))
        }
        Some(_) | None => Ok(Pass::Waiting(waiting(&verdict.message))),
    }
}

/// The component as it is to be, and its objects.
fn rendered<'a>(input: &PassInput<'a>) -> Result<(&'a Component, Rendered), Vec<Diagnostic>> {
    let mut out = Vec::new();
    let parameter = Some(input.parameter).filter(|node| !node.is_null());
    let (named, namespace) = read(input.step, parameter, input.application, &mut out);
    out.retain(|problem| problem.severity() == Severity::Error);
    let component = input.component.or(named);
    let Some(component) = component.filter(|_| out.is_empty()) else {
        return Err(out);
    };
    let namespace = namespace.unwrap_or(&input.context.namespace);
    let rendered = render_in(component, input.context, namespace)?;
    Ok((component, rendered))
}

/// The component that the parameters name and the namespace they ask for.
fn read<'a, 'p>(
    step: &Step,
    parameter: Option<&'p Node>,
    application: &'a Application,
    out: &mut Vec<Diagnostic>,
) -> (Option<&'a Component>, Option<&'p str>) {
    let empty = Node::new(Kind::Map(Map::default()), step.type_name.span);
    // `empty` cannot be lent for as long as `parameter`, and nothing in it is.
    let Some(parameter) = parameter.filter(|node| !node.is_null()) else {
        Fields::new(&empty, "`apply-component`", out).required("component");
        return (None, None);
    };
    let mut fields = Fields::new(parameter, "`apply-component`", out);
    let name = fields.required_str("component");
    let cluster = fields.optional_str("cluster");
    let namespace = fields.optional_str("namespace");
    if let Some(cluster) = cluster.filter(|cluster| !matches!(cluster.value, "" | "local")) {
        fields.report(
            Diagnostic::new(&rules::PARAMETER_NOT_CARRIED_OUT)
                .arg("field", "cluster")
                .arg("owner", "`apply-component`")
                .at(cluster.span)
                .hint(rules::ONE_CLUSTER),
        );
    }
    let component = name.and_then(|name| application.component(name.value));
    if let (Some(name), None) = (name, component) {
        fields.report(unknown_component(name.value, name.span, application));
    }
    fields.finish();
    let namespace = namespace.map(|namespace| namespace.value);
    (component, namespace.filter(|name| !name.is_empty()))
}

fn unknown_component(name: &str, span: Span, application: &Application) -> Diagnostic {
    let unknown = Diagnostic::new(&rules::UNKNOWN_COMPONENT)
        .arg("component", name)
        .at(span);
    let names = application.components.iter();
    let names: Vec<_> = names
        .map(|component| component.name.value.as_str())
        .collect();
    match nearest(name, names.iter().copied()) {
        Some(suggestion) => unknown.arg("suggestion", suggestion).hint(DID_YOU_MEAN),
        None if names.is_empty() => unknown.hint(rules::NO_COMPONENTS),
        None => unknown
            .arg("existing", names.join(", "))
            .hint(rules::EXISTING),
    }
}

fn call(action: &'static str, params: Value) -> Pass {
    Pass::Calls(vec![Call {
        path: action.to_owned(),
        provider: "oam",
        action,
        params: Node::from(params),
    }])
}

fn data(input: &PassInput<'_>, workload: &Object, auxiliaries: Vec<(String, Object)>) -> Node {
    let outputs = auxiliaries
        .into_iter()
        .map(|(key, object)| (key, Node::from(object.into_value())));
    Node::map([
        ("output", Node::from(workload.value().clone())),
        ("outputs", Kind::Map(outputs.collect()).into()),
        ("parameter", input.parameter.clone()),
    ])
}

/// KubeVela says `wait healthy`; how far things are follows where that is known.
fn waiting(message: &str) -> String {
    if message.is_empty() {
        "wait healthy".to_owned()
    } else {
        format!("wait healthy: {message}")
    }
}

fn malformed() -> PassError {
    let malformed = Diagnostic::new(&rules::MALFORMED_RESULT).arg("call", OBSERVE);
    PassError::new(Reason::Execute, vec![malformed])
}

/// What `observe` found, by identity.
struct Live(Vec<(ObjectId, Option<Object>)>);

// === impl Live ===

impl Live {
    fn read(observed: &Node, ids: &[ObjectId]) -> Option<Self> {
        let objects = observed.get("objects")?.as_list()?;
        if objects.len() != ids.len() {
            return None;
        }
        let read = |(id, node): (&ObjectId, &Node)| {
            if node.is_null() {
                return Some((id.clone(), None));
            }
            let object = Object::new(node.to_json().ok()?)?;
            Some((id.clone(), Some(object)))
        };
        let found = ids.iter().zip(objects).map(read);
        Some(Self(found.collect::<Option<_>>()?))
    }

    fn get(&self, id: &ObjectId) -> Option<&Object> {
        let (_, object) = self.0.iter().find(|(known, _)| known == id)?;
        object.as_ref()
    }
}
