//! The application as JSON for others to read, as it was written, without what is secret in its steps.

use burgee_model::{Application, Component, Input, Mode, Output, Policy, Step, Workflow};
use burgee_source::{Kind, Map, Node, Span, Spanned};

/// Keys of a step's properties under which secrets stand: webhooks' URLs, passwords, tokens in headers.
const SECRET_KEYS: [&str; 5] = ["url", "secret", "password", "token", "header"];
/// References to secrets, which are none.
const REFERENCES: [&str; 2] = ["secretRef", "fromSecret"];
const MASK: &str = "***";

pub(crate) fn application(application: &Application) -> Node {
    let own = &application.metadata;
    let mut metadata = Fields::default();
    metadata.text("name", Some(&own.name.value));
    metadata.text("namespace", Some(&own.namespace().to_owned()));
    metadata.texts("labels", &own.labels);
    metadata.texts("annotations", &own.annotations);
    let mut spec = Fields::default();
    spec.put("components", list(&application.components, component));
    spec.some("policies", &application.policies, policy);
    if let Some(flow) = &application.workflow {
        spec.put("workflow", workflow(flow));
    }
    Node::map([
        ("apiVersion", Node::string("core.oam.dev/v1beta1")),
        ("kind", Node::string("Application")),
        ("metadata", metadata.node()),
        ("spec", spec.node()),
    ])
}

fn component(component: &Component) -> Node {
    let mut fields = Fields::default();
    fields.put("name", Node::string(component.name.value.as_str()));
    fields.put("type", Node::string(component.type_name.value.as_str()));
    fields.spanned("externalRevision", component.external_revision.as_ref());
    fields.tree("properties", component.properties.as_ref());
    fields.some("traits", &component.traits, |one| {
        let mut fields = Fields::default();
        fields.put("type", Node::string(one.type_name.value.as_str()));
        fields.tree("properties", one.properties.as_ref());
        fields.node()
    });
    fields.some("dependsOn", &component.depends_on, name);
    fields.some("inputs", &component.inputs, input);
    fields.some("outputs", &component.outputs, output);
    fields.node()
}

fn policy(policy: &Policy) -> Node {
    let mut fields = Fields::default();
    fields.spanned("name", policy.name.as_ref());
    fields.put("type", Node::string(policy.type_name.value.as_str()));
    fields.tree("properties", policy.properties.as_ref());
    fields.node()
}

fn workflow(workflow: &Workflow) -> Node {
    let mut fields = Fields::default();
    fields.spanned("ref", workflow.reference.as_ref());
    if let Some(mode) = &workflow.mode {
        let mut modes = Fields::default();
        modes.mode("steps", mode.steps.as_ref());
        modes.mode("subSteps", mode.sub_steps.as_ref());
        fields.put("mode", modes.node());
    }
    fields.some("steps", &workflow.steps, step);
    fields.node()
}

fn step(one: &Step) -> Node {
    let mut fields = Fields::default();
    fields.put("name", Node::string(one.name.value.as_str()));
    fields.put("type", Node::string(one.type_name.value.as_str()));
    if let Some(alias) = &one.alias {
        fields.put("meta", Node::map([("alias", Node::string(&alias.value))]));
    }
    fields.spanned("if", one.condition.as_ref());
    fields.spanned("timeout", one.timeout.as_ref());
    fields.some("dependsOn", &one.depends_on, name);
    fields.some("inputs", &one.inputs, input);
    fields.some("outputs", &one.outputs, output);
    let properties = one
        .properties
        .as_ref()
        .map(|node| without_secrets(node, false));
    fields.tree("properties", properties.as_ref());
    fields.mode("mode", one.mode.as_ref());
    fields.some("subSteps", &one.sub_steps, step);
    fields.node()
}

fn input(input: &Input) -> Node {
    let mut fields = Fields::default();
    fields.put("from", Node::string(&input.from.value));
    fields.spanned("parameterKey", input.parameter_key.as_ref());
    fields.node()
}

fn output(output: &Output) -> Node {
    Node::map([
        ("name", Node::string(output.name.value.as_str())),
        ("valueFrom", Node::string(&output.value_from.value)),
    ])
}

fn name(name: &Spanned<String>) -> Node {
    Node::string(&name.value)
}

/// The tree with `***` for each text below a key of [`SECRET_KEYS`].
fn without_secrets(node: &Node, secret: bool) -> Node {
    match &node.kind {
        Kind::String(_) if secret => Node::string(MASK),
        Kind::Map(map) => {
            let entries = map.iter().map(|(key, entry)| {
                let secret = (secret || SECRET_KEYS.contains(&key)) && !REFERENCES.contains(&key);
                (key.to_owned(), without_secrets(&entry.value, secret))
            });
            Kind::Map(entries.collect::<Map>()).into()
        }
        Kind::List(items) => {
            let items = items.iter().map(|item| without_secrets(item, secret));
            Kind::List(items.collect()).into()
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => node.clone(),
    }
}

fn list<T>(items: &[T], node: impl Fn(&T) -> Node) -> Node {
    Kind::List(items.iter().map(node).collect()).into()
}

/// A map under construction; what is absent or empty is left out.
#[derive(Default)]
struct Fields(Map);

// === impl Fields ===

impl Fields {
    fn put(&mut self, key: &str, value: Node) {
        self.0.insert(key, Span::NONE, value);
    }

    fn text(&mut self, key: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.put(key, Node::string(value));
        }
    }

    fn spanned(&mut self, key: &str, value: Option<&Spanned<String>>) {
        self.text(key, value.map(|value| &value.value));
    }

    fn mode(&mut self, key: &str, mode: Option<&Spanned<Mode>>) {
        if let Some(mode) = mode {
            self.put(key, Node::string(mode.value.as_str()));
        }
    }

    fn tree(&mut self, key: &str, value: Option<&Node>) {
        if let Some(value) = value {
            self.put(key, value.clone());
        }
    }

    fn texts(&mut self, key: &str, texts: &std::collections::BTreeMap<String, String>) {
        if !texts.is_empty() {
            let texts = texts.iter();
            let texts = texts.map(|(key, value)| (key.clone(), Node::string(value)));
            self.put(key, Kind::Map(texts.collect::<Map>()).into());
        }
    }

    fn some<T>(&mut self, key: &str, items: &[T], node: impl Fn(&T) -> Node) {
        if !items.is_empty() {
            self.put(key, list(items, node));
        }
    }

    fn node(self) -> Node {
        Kind::Map(self.0).into()
    }
}
