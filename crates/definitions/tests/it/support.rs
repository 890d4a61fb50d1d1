//! Applications written as JSON, with the places a manifest would have.

use std::collections::BTreeMap;

use burgee_definitions::RenderContext;
use burgee_model::{
    Application, Component, Input, Metadata, Output, Step, Trait, TypeName, Workflow,
};
use burgee_source::{Diagnostic, Kind, Lang, Map, Node, SourceId, Span, Spanned};
use serde_json::Value;

/// A text of JSON and the tree of it, each value placed.
pub(crate) struct Placed {
    text: String,
}

impl Placed {
    pub(crate) fn new(value: &Value) -> (Self, Node) {
        let mut placed = Self {
            text: String::new(),
        };
        let node = placed.node(value);
        (placed, node)
    }

    /// Each problem as `severity code at `text`: message; hint`.
    pub(crate) fn lines(&self, problems: &[Diagnostic]) -> String {
        let lines = problems.iter().map(|problem| {
            let place = &self.text[problem.span().range()];
            let message = problem.message(Lang::En);
            let hints = problem.hints(Lang::En).join("; ");
            let severity = problem.severity().as_str();
            format!("{severity} at {place}: {message} ({hints})")
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn node(&mut self, value: &Value) -> Node {
        let start = self.text.len();
        let kind = match value {
            Value::Array(items) => {
                self.text.push('[');
                let nodes = items.iter().map(|item| self.node(item)).collect();
                self.text.push(']');
                Kind::List(nodes)
            }
            Value::Object(entries) => {
                self.text.push('{');
                let mut map = Map::default();
                for (key, value) in entries {
                    let at = self.text.len();
                    self.text.push_str(key);
                    let key_span = self.span(at);
                    self.text.push(':');
                    let value = self.node(value);
                    self.text.push(',');
                    map.insert(key.as_str(), key_span, value);
                }
                self.text.push('}');
                Kind::Map(map)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                self.text.push_str(&value.to_string());
                Node::from(value.clone()).kind
            }
        };
        Node::new(kind, self.span(start))
    }

    fn span(&self, start: usize) -> Span {
        let end = u32::try_from(self.text.len()).expect("a short text");
        Span::new(
            SourceId(0),
            u32::try_from(start).expect("a short text"),
            end,
        )
    }
}

/// An application read from JSON in a manifest's shape; only what the tests use is looked at.
pub(crate) fn application(value: &Value) -> (Placed, Application) {
    let (placed, node) = Placed::new(value);
    let components = list(&node, "components").iter().map(component).collect();
    let steps = list(&node, "steps").iter().map(step).collect();
    let workflow = Workflow {
        span: node.span,
        reference: None,
        mode: None,
        steps,
    };
    let metadata = Metadata {
        name: Spanned::new("first-vela-workflow".into(), node.span),
        namespace: None,
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
    };
    let application = Application {
        span: node.span,
        metadata,
        components,
        policies: Vec::new(),
        workflow: Some(workflow),
    };
    (placed, application)
}

/// The application's first component, alone.
pub(crate) fn one_component(value: &Value) -> Component {
    let (_, application) = application(&serde_json::json!({ "components": [value] }));
    application.components[0].clone()
}

pub(crate) fn context() -> RenderContext {
    RenderContext {
        app_name: "first-vela-workflow".into(),
        namespace: "default".into(),
        app_revision: "first-vela-workflow-v1".into(),
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
    }
}

fn component(node: &Node) -> Component {
    let name = node.get_str("name").expect("a component has a name");
    Component {
        span: node.span,
        name: name.map(|name| name.to_owned().into()),
        type_name: type_name(node),
        properties: node.get("properties").cloned(),
        traits: list(node, "traits").iter().map(one_trait).collect(),
        depends_on: Vec::new(),
        inputs: list(node, "inputs").iter().map(input).collect(),
        outputs: Vec::new(),
        external_revision: None,
    }
}

fn one_trait(node: &Node) -> Trait {
    Trait {
        span: node.span,
        type_name: type_name(node),
        properties: node.get("properties").cloned(),
    }
}

fn step(node: &Node) -> Step {
    let name = node
        .get_str("name")
        .unwrap_or(Spanned::new("a-step", node.span));
    Step {
        span: node.span,
        name: name.map(|name| name.to_owned().into()),
        type_name: type_name(node),
        alias: None,
        condition: None,
        timeout: None,
        depends_on: Vec::new(),
        inputs: list(node, "inputs").iter().map(input).collect(),
        outputs: list(node, "outputs").iter().map(output).collect(),
        properties: node.get("properties").cloned(),
        mode: None,
        sub_steps: list(node, "subSteps").iter().map(step).collect(),
    }
}

/// An input is written as its `parameterKey` alone.
fn input(node: &Node) -> Input {
    let key = node.as_str().expect("a parameterKey");
    Input {
        span: node.span,
        from: Spanned::new("a-variable".into(), node.span),
        parameter_key: Some(Spanned::new(key.into(), node.span)),
    }
}

/// An output is written as its `valueFrom`, which is its name too.
fn output(node: &Node) -> Output {
    let text = node.as_str().expect("a valueFrom");
    Output {
        span: node.span,
        name: Spanned::new(text.into(), node.span),
        value_from: Spanned::new(text.into(), node.span),
    }
}

fn type_name(node: &Node) -> Spanned<TypeName> {
    let name = node.get_str("type").expect("a type");
    name.map(|name| name.to_owned().into())
}

fn list<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(Node::as_list).unwrap_or_default()
}
