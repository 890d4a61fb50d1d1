//! Slack's `rich_text` block: sections, lists, quotes and code of styled elements.

use serde_json::Value;

use super::{Face, Kind, Para, Run, items, text};

/// The paragraphs of a `rich_text` block.
pub(super) fn rich_text(block: &Value) -> Vec<Para> {
    let mut paras = Vec::new();
    for element in items(block, "elements") {
        match text(element, "type").unwrap_or_default() {
            "rich_text_list" => list(element, &mut paras),
            "rich_text_quote" => paras.push(Para::of(Kind::Quote, runs(element))),
            "rich_text_preformatted" => paras.push(Para::of(Kind::Verbatim, runs(element))),
            _ => paras.push(Para::of(Kind::Text, runs(element))),
        }
    }
    paras.retain(|para| !para.runs.is_empty());
    paras
}

fn list(list: &Value, paras: &mut Vec<Para>) {
    let ordered = text(list, "style") == Some("ordered");
    let indent = list.get("indent").and_then(Value::as_u64).unwrap_or(0);
    let indent = usize::try_from(indent.min(8)).unwrap_or(0);
    for (index, entry) in items(list, "elements").iter().enumerate() {
        let mark = if ordered {
            format!("{}.", index + 1)
        } else {
            "•".to_owned()
        };
        paras.push(Para::of(Kind::Item(mark, indent), runs(entry)));
    }
}

fn runs(section: &Value) -> Vec<Run> {
    items(section, "elements").iter().map(run).collect()
}

fn run(element: &Value) -> Run {
    let face = face(&element["style"]);
    let named = |key: &str| format!("@{}", text(element, key).unwrap_or_default());
    match text(element, "type").unwrap_or_default() {
        "link" => {
            let label = text(element, "text").unwrap_or_default();
            Run::faced(label, face.link()).to(text(element, "url"))
        }
        "user" => Run::faced(named("user_id"), face.link()),
        "usergroup" => Run::faced(named("usergroup_id"), face.link()),
        "broadcast" => Run::faced(named("range"), face.link()),
        "channel" => {
            let id = text(element, "channel_id").unwrap_or_default();
            Run::faced(format!("#{id}"), face.link())
        }
        "emoji" => {
            let name = text(element, "name").unwrap_or_default();
            Run::faced(format!(":{name}:"), face)
        }
        "date" => Run::faced(text(element, "fallback").unwrap_or_default(), face),
        _ => Run::faced(text(element, "text").unwrap_or_default(), face),
    }
}

fn face(style: &Value) -> Face {
    let on = |key: &str| style.get(key).and_then(Value::as_bool).unwrap_or(false);
    Face {
        bold: on("bold"),
        italic: on("italic"),
        strike: on("strike"),
        code: on("code"),
        ..Face::default()
    }
}
