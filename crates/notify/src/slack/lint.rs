//! The rules for a Slack message as a whole.

use burgee_source::{Diagnostic, Node};

use super::blocks::blocks;
use crate::{
    hints,
    inspect::{Inspector, Stage},
    object::Object,
    rules, text_rules,
};

/// Text beyond this is cut off, not refused.
const MAX_SHOWN: usize = 40_000;
const MAX_ATTACHMENTS: usize = 100;
const MAX_FOOTER: usize = 300;

const FLAGS: [&str; 5] = [
    "mrkdwn",
    "unfurl_links",
    "unfurl_media",
    "link_names",
    "reply_broadcast",
];
const KNOWN: [&str; 16] = [
    "text",
    "blocks",
    "attachments",
    "thread_ts",
    "metadata",
    "mrkdwn",
    "unfurl_links",
    "unfurl_media",
    "link_names",
    "reply_broadcast",
    "channel",
    "username",
    "icon_emoji",
    "icon_url",
    "response_type",
    "replace_original",
];
/// The app decides these, whatever the message says.
const IGNORED: [&str; 7] = [
    "channel",
    "username",
    "icon_emoji",
    "icon_url",
    "reply_broadcast",
    "response_type",
    "replace_original",
];
const STRINGS: [&str; 12] = [
    "fallback",
    "text",
    "color",
    "pretext",
    "author_name",
    "author_link",
    "author_icon",
    "title",
    "title_link",
    "image_url",
    "thumb_url",
    "footer_icon",
];

/// Checks a message.
pub(crate) fn message(inspector: &mut Inspector<'_>, message: &Object<'_>) {
    let text = text(inspector, message);
    inspector.string(message, "thread_ts");
    inspector.object(message, "metadata");
    for key in FLAGS {
        inspector.boolean(message, key);
    }
    for key in IGNORED {
        if inspector.has(message, key) {
            let problem = Diagnostic::new(&rules::IGNORED_FIELD).arg("field", key);
            inspector.report(problem.at(message.key_span(key)).hint(hints::HOOK_DECIDES));
        }
    }
    let has_blocks = blocks(inspector, message);
    let has_attachments = attachments(inspector, message);
    if !text && !has_blocks && !has_attachments {
        inspector.report(Diagnostic::new(&rules::EMPTY_MESSAGE).at(message.span));
    } else if !text && has_blocks {
        let problem = Diagnostic::new(&rules::NO_FALLBACK).at(message.key_span("blocks"));
        inspector.report(problem.hint(hints::FALLBACK));
    }
    inspector.slips(message, &KNOWN);
}

/// True when there is a text, or will be.
fn text(inspector: &mut Inspector<'_>, message: &Object<'_>) -> bool {
    let Some(text) = inspector.string(message, "text") else {
        return inspector.has(message, "text");
    };
    if text.value.len() > MAX_SHOWN {
        let actual = text.value.chars().count();
        if actual > MAX_SHOWN {
            let problem = Diagnostic::new(&rules::CUT_TEXT)
                .arg("field", message.child("text"))
                .arg("actual", actual)
                .arg("limit", MAX_SHOWN);
            inspector.report(problem.at(text.span).hint(hints::SHORTEN));
        }
    }
    if message.get("mrkdwn").and_then(Node::as_bool) == Some(false) {
        text_rules::text(inspector, text);
    } else {
        text_rules::mrkdwn(inspector, text);
    }
    !text.value.is_empty()
}

/// True when there are attachments, or will be.
fn attachments(inspector: &mut Inspector<'_>, message: &Object<'_>) -> bool {
    const KEY: &str = "attachments";
    let one = message.get(KEY).filter(|node| node.as_map().is_some());
    if let (Some(node), Stage::Manifest) = (one, inspector.stage) {
        let problem = Diagnostic::new(&rules::ATTACHMENTS_OBJECT).at(message.key_span(KEY));
        inspector.report(problem.hint(hints::WRAP));
        let object = Object::new(Some(node), message.span, message.child(KEY));
        attachment(inspector, &object);
        return true;
    }
    let Some(list) = inspector.objects(message, KEY, 0, MAX_ATTACHMENTS) else {
        return inspector.has(message, KEY);
    };
    for one in &list {
        attachment(inspector, one);
    }
    message
        .get(KEY)
        .and_then(Node::as_list)
        .is_some_and(|list| !list.is_empty())
}

fn attachment(inspector: &mut Inspector<'_>, attachment: &Object<'_>) {
    for key in STRINGS {
        inspector.string(attachment, key);
    }
    inspector.text(attachment, "footer", MAX_FOOTER);
    inspector.list(attachment, "mrkdwn_in");
    for field in inspector
        .objects(attachment, "fields", 0, usize::MAX)
        .unwrap_or_default()
    {
        inspector.string(&field, "title");
        inspector.string(&field, "value");
        inspector.boolean(&field, "short");
    }
    let has_blocks = blocks(inspector, attachment);
    let has = |key| {
        let empty = attachment.get(key).and_then(Node::as_str) == Some("");
        inspector.has(attachment, key) && !empty
    };
    if !has_blocks && !has("fallback") && !has("text") {
        let problem = Diagnostic::new(&rules::EMPTY_ATTACHMENT).arg("field", &attachment.path);
        inspector.report(problem.at(attachment.span));
    }
}
