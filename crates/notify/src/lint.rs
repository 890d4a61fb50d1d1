//! The check of a notification step, before anything is sent.

use burgee_model::{MessageLint, Service};
use burgee_source::{Diagnostic, Node, Span, rules as fields};

use crate::{
    adapter, hints,
    inspect::{Inspector, Stage},
    object::{Object, or},
    rules, url_rules,
};

/// Services that KubeVela's step knows and that messages are not sent to yet.
const UNSUPPORTED: [&str; 2] = ["lark", "email"];

/// Checks notification steps: [`MessageLint`] for the services that messages are sent to.
///
/// ```
/// use burgee_model::MessageLint as _;
/// use burgee_notify::Lint;
/// use burgee_source::{Lang, Node, Span};
/// use serde_json::json;
///
/// let properties = Node::from(json!({"slack": {"url": {"secretRef": {"name": "s", "key": "url"}}}}));
/// let problems = Lint::default().lint(Some(&properties), &[], Span::NONE);
/// assert_eq!(problems[0].message(Lang::En), "`message` is required in `slack`");
///
/// let awaited = ["properties.slack.message.text"];
/// assert!(Lint::default().lint(Some(&properties), &awaited, Span::NONE).is_empty());
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Lint {}

impl MessageLint for Lint {
    fn lint(&self, properties: Option<&Node>, pending: &[&str], owner: Span) -> Vec<Diagnostic> {
        let properties = properties.filter(|node| !node.is_null());
        let pending: Vec<String> = pending.iter().map(|key| plain(key)).collect();
        let mut out = Vec::new();
        let is_map = properties.is_none_or(|node| node.as_map().is_some());
        if let Some(node) = properties.filter(|_| !is_map) {
            // Any service's inspector says it the same way.
            let mut inspector = Inspector::new(Service::Slack, Stage::Manifest, &pending);
            inspector.wrong_type("properties", "object", node, owner);
            return inspector.finish();
        }
        let root = Object::new(properties, owner, "");
        out.extend(pointless_inputs(&pending, owner));
        let mut named = false;
        for service in Service::ALL {
            let mut inspector = Inspector::new(service, Stage::Manifest, &pending);
            named |= inspector.has(&root, service.as_str());
            block(&mut inspector, &root);
            out.extend(inspector.finish());
        }
        named |= other_blocks(&root, &mut out);
        if !named {
            out.push(
                Diagnostic::new(&rules::NOTHING_TO_SEND)
                    .at(or(root.span, owner))
                    .hint(hints::NAME_ONE),
            );
        }
        out.sort_by_key(Diagnostic::sort_key);
        out
    }
}

/// One service's block: where to, and what.
fn block(inspector: &mut Inspector<'_>, root: &Object<'_>) {
    let service = inspector.service;
    let Some(block) = inspector.object(root, service.as_str()) else {
        return;
    };
    let known: &[&str] = match service {
        Service::Slack => &["url", "message"],
        Service::Dingding => &["url", "message", "secret"],
    };
    url_rules::url(inspector, &block);
    match service {
        Service::Slack => {}
        Service::Dingding => url_rules::secret(inspector, &block),
    }
    if let Some(message) = inspector.need_object(&block, "message") {
        adapter::message(inspector, &message, block.get("message"));
    }
    for (key, span) in block.keys() {
        if !known.contains(&key) {
            inspector.report(unknown_field(key, &block.name(), span, known));
        }
    }
}

/// Blocks of services that are not spoken to; true when there is one.
fn other_blocks(root: &Object<'_>, out: &mut Vec<Diagnostic>) -> bool {
    let mut found = false;
    for (key, span) in root.keys() {
        if root.get(key).is_none() || Service::ALL.iter().any(|one| one.as_str() == key) {
            continue;
        }
        if UNSUPPORTED.contains(&key) {
            found = true;
            let problem = Diagnostic::new(&rules::UNSUPPORTED_SERVICE)
                .arg("service", key)
                .at(or(span, root.span));
            out.push(problem.hint(hints::SUPPORTED));
        } else {
            let known = ["dingding", "slack", "lark", "email"];
            let name = match key.to_lowercase().as_str() {
                "dingtalk" | "ding" => "dingding",
                "feishu" => "lark",
                _ => key,
            };
            let problem = unknown_field(key, "`properties`", span, &known);
            out.push(match name {
                "dingding" | "lark" if name != key => Diagnostic::new(&fields::UNKNOWN_FIELD)
                    .arg("field", key)
                    .arg("owner", "`properties`")
                    .arg("suggestion", name)
                    .at(or(span, root.span))
                    .hint(hints::DID_YOU_MEAN),
                _ => problem,
            });
        }
    }
    found
}

fn unknown_field(key: &str, owner: &str, span: Span, known: &[&str]) -> Diagnostic {
    let problem = Diagnostic::new(&fields::UNKNOWN_FIELD)
        .arg("field", key)
        .arg("owner", owner)
        .at(span);
    match burgee_source::nearest(key, known.iter().copied()) {
        Some(name) => problem.arg("suggestion", name).hint(hints::DID_YOU_MEAN),
        None => problem.arg("known", known.join(", ")).hint(hints::KNOWN),
    }
}

/// Inputs that fill what no service reads.
fn pointless_inputs(pending: &[String], owner: Span) -> Vec<Diagnostic> {
    let pointless = pending.iter().filter(|key| {
        let mut parts = key.split(['.', '[']);
        let service = parts.next().unwrap_or_default();
        let part = parts.next();
        let known = match service {
            "dingding" => part.is_none_or(|part| ["url", "message", "secret"].contains(&part)),
            "slack" => part.is_none_or(|part| ["url", "message"].contains(&part)),
            "lark" | "email" => true,
            _ => false,
        };
        !known
    });
    pointless
        .map(|key| {
            let problem = Diagnostic::new(&rules::POINTLESS_INPUT).arg("key", key);
            problem.at(owner).hint(hints::INPUT_TARGETS)
        })
        .collect()
}

/// `properties.a["b"][0]` as `a.b[0]`, so that paths compare as text.
fn plain(key: &str) -> String {
    let key = key.strip_prefix("properties.").unwrap_or(key);
    key.replace("[\"", ".").replace("\"]", "")
}
