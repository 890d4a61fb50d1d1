//! One document: which kind it is, and what reads it.

use burgee_model::{Document, Foreign, Workflow};
use burgee_source::{Diagnostic, Fields, Node, Rule, Severity, Span, Spanned, Text, nearest};

use crate::{
    application,
    limits::{is_full, shown},
    metadata, passing, secret, workflow,
};

/// A file with nothing in it.
pub static EMPTY: Rule = Rule {
    code: "manifest/empty",
    severity: Severity::Warning,
    message: Text::new("the file holds no document", "文件中没有任何文档"),
};

/// A document that is a scalar or a list.
pub static NOT_AN_OBJECT: Rule = Rule {
    code: "manifest/not-an-object",
    severity: Severity::Error,
    message: Text::new(
        "a manifest is an object with `apiVersion` and `kind`; this is a {actual}",
        "清单应是带有 `apiVersion` 和 `kind` 的对象，而这里是 {actual}",
    ),
};

/// A kind that KubeVela does not have.
pub static UNKNOWN_KIND: Rule = Rule {
    code: "manifest/unknown-kind",
    severity: Severity::Warning,
    message: Text::new(
        "`core.oam.dev` has no kind `{kind}`; the document is not interpreted",
        "`core.oam.dev` 没有 `{kind}` 这种资源，该文档不会被处理",
    ),
};

/// One of KubeVela's kinds under another version than its own.
pub static WRONG_VERSION: Rule = Rule {
    code: "manifest/wrong-version",
    severity: Severity::Error,
    message: Text::new(
        "`{kind}` belongs to `{expected}`, not to `{actual}`",
        "`{kind}` 的 apiVersion 应为 `{expected}`，而不是 `{actual}`",
    ),
};

/// A `WorkflowRun` without steps and without a reference to some.
pub static NO_STEPS: Rule = Rule {
    code: "manifest/no-steps",
    severity: Severity::Error,
    message: Text::new(
        "a WorkflowRun needs `workflowSpec` or `workflowRef`",
        "WorkflowRun 需要 `workflowSpec` 或 `workflowRef`",
    ),
};

const APPLICATION: &str = "core.oam.dev/v1beta1";
const WORKFLOW: &str = "core.oam.dev/v1alpha1";

/// KubeVela's kinds; those that are not run here are kept as they are.
const KINDS: [&str; 17] = [
    "Application",
    "Workflow",
    "WorkflowRun",
    "ApplicationRevision",
    "ComponentDefinition",
    "DefinitionRevision",
    "EnvBinding",
    "HealthScope",
    "Package",
    "Policy",
    "PolicyDefinition",
    "ResourceTracker",
    "ScopeDefinition",
    "TraitDefinition",
    "WorkflowStepDefinition",
    "WorkloadDefinition",
    "Component",
];

/// `apiVersion` and `kind`: a document's own, or those that its list gives it.
#[derive(Clone, Default)]
struct Identity {
    api_version: Option<Spanned<String>>,
    kind: Option<Spanned<String>>,
}

/// Reads one document; a list gives one for each item.
pub(crate) fn read(node: &Node, into: &mut Vec<Document>, out: &mut Vec<Diagnostic>) {
    read_as(node, &Identity::default(), into, out);
}

/// Lists in lists nest no deeper than the tree, and that is bounded.
fn read_as(node: &Node, inherited: &Identity, into: &mut Vec<Document>, out: &mut Vec<Diagnostic>) {
    if node.as_map().is_none() {
        out.push(not_an_object(node));
        return;
    }
    let identity = Identity::of(node, inherited, out);
    let api_version = identity.api_version.as_ref().map_or("", |text| &text.value);
    let kind = identity.kind.as_ref().map_or("", |text| &text.value);
    if let Some(item_kind) = kind.strip_suffix("List")
        && let Some(items) = node.get("items").and_then(Node::as_list)
    {
        let inherited = identity.of_items(item_kind);
        for item in items {
            if is_full(out) {
                break;
            }
            read_as(item, &inherited, into, out);
        }
        return;
    }
    let group = api_version.split('/').next().unwrap_or("");
    let document = match (group, kind) {
        ("core.oam.dev", "Application") => {
            identity.check_version(APPLICATION, out);
            Document::Application(Box::new(application::read(node, out)))
        }
        ("core.oam.dev", "Workflow") => {
            identity.check_version(WORKFLOW, out);
            workflow_document(node, out)
        }
        ("core.oam.dev", "WorkflowRun") => {
            identity.check_version(WORKFLOW, out);
            workflow_run(node, out)
        }
        ("v1", "Secret") => Document::Secret(secret::read(node, out)),
        (group, _) => {
            if group == "core.oam.dev" {
                identity.check_kind(out);
            }
            Document::Foreign(Foreign {
                span: node.span,
                api_version: identity.api_version,
                kind: identity.kind,
                node: node.clone(),
            })
        }
    };
    into.push(document);
}

fn workflow_document(node: &Node, out: &mut Vec<Diagnostic>) -> Document {
    let mut fields = Fields::new(node, "a Workflow", out);
    let metadata = metadata::header(&mut fields, node);
    let mode = workflow::mode(&mut fields);
    let steps = workflow::steps(&mut fields);
    fields.finish();
    let workflow = Workflow {
        span: node.span,
        reference: None,
        mode,
        steps,
    };
    Document::Workflow {
        name: metadata.name,
        workflow,
    }
}

fn workflow_run(node: &Node, out: &mut Vec<Diagnostic>) -> Document {
    let mut fields = Fields::new(node, "a WorkflowRun", out);
    let metadata = metadata::header(&mut fields, node);
    fields.optional("status");
    let spec = fields.required("spec");
    let (workflow, context) = spec.map_or((None, None), |spec| run_spec(spec, fields.problems()));
    fields.finish();
    Document::WorkflowRun {
        name: metadata.name,
        workflow,
        context,
    }
}

fn run_spec(spec: &Node, out: &mut Vec<Diagnostic>) -> (Option<Workflow>, Option<Node>) {
    let mut fields = Fields::new(spec, "the spec of a WorkflowRun", out);
    let context = fields.optional_map("context").cloned();
    let mode = workflow::mode(&mut fields);
    let reference = fields.optional_str("workflowRef");
    let own = fields.optional("workflowSpec");
    let steps = own.map(|own| {
        let mut inner = Fields::new(own, "`workflowSpec`", fields.problems());
        let steps = workflow::steps(&mut inner);
        inner.finish();
        steps
    });
    if steps.is_none() && reference.is_none() && fields.is_map() {
        fields.report(Diagnostic::new(&NO_STEPS).at(spec.span));
    }
    if let (Some(_), Some(at)) = (&steps, fields.key_span("workflowRef")) {
        fields.report(passing::stray_field("workflowSpec", "workflowRef", at));
    }
    fields.finish();
    let workflow = Workflow {
        span: own.map_or(spec.span, |own| own.span),
        // A run's own steps win over the ones it refers to.
        reference: match steps {
            Some(_) => None,
            None => reference.map(|name| name.map(str::to_owned)),
        },
        mode,
        steps: steps.unwrap_or_default(),
    };
    let is_some = own.is_some() || workflow.reference.is_some();
    (is_some.then_some(workflow), context)
}

fn not_an_object(node: &Node) -> Diagnostic {
    Diagnostic::new(&NOT_AN_OBJECT)
        .arg("actual", node.type_name())
        .at(node.span)
}

pub(crate) fn empty(at: Span) -> Diagnostic {
    Diagnostic::new(&EMPTY).at(at)
}

// === impl Identity ===

impl Identity {
    fn of(node: &Node, inherited: &Self, out: &mut Vec<Diagnostic>) -> Self {
        let own = |text: Spanned<&str>| text.map(str::to_owned);
        let mut fields = Fields::new(node, "a manifest", out);
        let api_version = match &inherited.api_version {
            Some(version) => fields
                .optional_str("apiVersion")
                .map(own)
                .or(Some(version.clone())),
            None => fields.required_str("apiVersion").map(own),
        };
        let kind = match &inherited.kind {
            Some(kind) => fields.optional_str("kind").map(own).or(Some(kind.clone())),
            None => fields.required_str("kind").map(own),
        };
        Self { api_version, kind }
    }

    /// What the items of a `SecretList` need not say; those of a plain `List` say it themselves.
    fn of_items(&self, item_kind: &str) -> Self {
        let Some(kind) = &self.kind else {
            return Self::default();
        };
        if item_kind.is_empty() {
            return Self::default();
        }
        Self {
            api_version: self.api_version.clone(),
            kind: Some(Spanned::new(item_kind.to_owned(), kind.span)),
        }
    }

    fn check_version(&self, expected: &'static str, out: &mut Vec<Diagnostic>) {
        let (Some(version), Some(kind)) = (&self.api_version, &self.kind) else {
            return;
        };
        if version.value == expected {
            return;
        }
        out.push(
            Diagnostic::new(&WRONG_VERSION)
                .arg("kind", shown(&kind.value))
                .arg("expected", expected)
                .arg("actual", shown(&version.value))
                .at(version.span)
                .hint(Text::new(
                    "write `apiVersion: {expected}`",
                    "请写 `apiVersion: {expected}`",
                )),
        );
    }

    /// A near miss of a kind that runs would silently run nothing: an error.
    fn check_kind(&self, out: &mut Vec<Diagnostic>) {
        let Some(kind) = &self.kind else { return };
        if KINDS.contains(&kind.value.as_str()) {
            return;
        }
        let unknown = Diagnostic::new(&UNKNOWN_KIND)
            .arg("kind", shown(&kind.value))
            .at(kind.span);
        out.push(match nearest(&kind.value, KINDS) {
            Some(near) => unknown
                .severe(Severity::Error)
                .arg("suggestion", near)
                .hint(Text::new(
                    "did you mean `{suggestion}`?",
                    "是否想写 `{suggestion}`？",
                )),
            None => unknown,
        });
    }
}
