//! `context`: what steps and expressions may know of their application and run
//! (KubeVela's names; what only a cluster knows is absent).

use std::collections::BTreeMap;

use burgee_definitions::RenderContext;
use burgee_model::{StepId, StepName};
use burgee_source::{Kind, Map, Node, Number, Span};

use crate::plan::Plan;

/// What objects and messages take from the application.
pub(crate) fn of_render(plan: &Plan) -> RenderContext {
    let metadata = &plan.application.metadata;
    RenderContext {
        app_name: metadata.name.value.clone(),
        namespace: metadata.namespace().to_owned(),
        app_revision: format!("{}-v1", metadata.name.value),
        labels: metadata.labels.clone(),
        annotations: metadata.annotations.clone(),
    }
}

/// The context of the whole run. What a WorkflowRun's `spec.context` says replaces what is known anyway, as in KubeVela.
pub(crate) fn of_run(plan: &Plan) -> Node {
    let metadata = &plan.application.metadata;
    let name = metadata.name.value.as_str();
    let annotation = |key: &str| {
        let value = metadata.annotations.get(key);
        Node::string(value.map_or("", String::as_str))
    };
    let mut context = Node::map([
        ("name", Node::string(name)),
        ("namespace", Node::string(metadata.namespace())),
        ("appName", Node::string(name)),
        ("appRevision", Node::string(format!("{name}-v1"))),
        ("appRevisionNum", Kind::Number(Number::from(1)).into()),
        ("appLabels", strings(&metadata.labels)),
        ("appAnnotations", strings(&metadata.annotations)),
        ("workflowName", annotation("app.oam.dev/workflowName")),
        ("publishVersion", annotation("app.oam.dev/publishVersion")),
    ]);
    let more = plan.context.iter().filter_map(Node::as_map);
    if let Some(map) = context.as_map_mut() {
        for (key, entry) in more.flat_map(Map::iter) {
            map.insert(key, entry.key_span, entry.value.clone());
        }
    }
    context
}

/// The context of a step as far as it is known before the run: ids are made when it begins, and any text stands for them.
pub(crate) fn of_check(plan: &Plan) -> Node {
    of_step(&of_run(plan), &"".into(), &"".into(), None)
}

/// The context of one step.
pub(crate) fn of_step(run: &Node, name: &StepName, id: &StepId, group: Option<&StepName>) -> Node {
    let mut context = run.clone();
    if let Some(map) = context.as_map_mut() {
        let group = group.map_or("", StepName::as_str);
        for (key, value) in [
            ("stepName", name.as_str()),
            ("stepSessionID", id.as_str()),
            ("stepGroupName", group),
        ] {
            map.insert(key, Span::NONE, Node::string(value));
        }
    }
    context
}

fn strings(entries: &BTreeMap<String, String>) -> Node {
    let entries = entries
        .iter()
        .map(|(key, value)| (key.clone(), Node::string(value)));
    Kind::Map(entries.collect::<Map>()).into()
}
