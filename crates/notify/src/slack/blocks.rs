//! Checks blocks against the tables of [`spec`](super::spec), and what the tables cannot say.

use std::collections::HashSet;

use burgee_source::{Diagnostic, Node};

use super::spec::{self, Is, Known, Prop};
use crate::{
    hints,
    inspect::Inspector,
    object::{Object, or},
    rules, text_rules,
};

const MAX_BLOCKS: usize = 50;
const MAX_ID: usize = 255;
const MAX_MARKDOWN: usize = 12_000;
/// Confirmations and groups nest once; a bound all the same.
const MAX_DEPTH: usize = 16;

/// What is counted over all blocks of a message.
#[derive(Default)]
struct Totals<'a> {
    ids: HashSet<&'a str>,
    markdown: usize,
    tables: usize,
}

/// Checks the `blocks` of a message or an attachment; true when there are any, or will be.
pub(super) fn blocks(inspector: &mut Inspector<'_>, owner: &Object<'_>) -> bool {
    let Some(blocks) = inspector.objects(owner, "blocks", 0, MAX_BLOCKS) else {
        return owner.get("blocks").is_some() || inspector.has(owner, "blocks");
    };
    let mut totals = Totals::default();
    for one in &blocks {
        block(inspector, one, &mut totals);
    }
    owner
        .get("blocks")
        .and_then(Node::as_list)
        .is_some_and(|list| !list.is_empty())
}

fn block<'a>(inspector: &mut Inspector<'_>, block: &Object<'a>, totals: &mut Totals<'a>) {
    if let Some(id) = inspector.text(block, "block_id", MAX_ID)
        && !totals.ids.insert(id.value)
    {
        let what = format!("`block_id: {}`", id.value);
        let problem = Diagnostic::new(&rules::TWICE).arg("what", what);
        inspector.report(problem.at(id.span));
    }
    let Some(kind) = inspector.need_string(block, "type") else {
        return;
    };
    match spec::block(kind.value) {
        Some(Known::All(list)) => {
            props(inspector, block, list, 0);
            only(inspector, block, list, "block_id");
            beyond(inspector, block, kind.value, totals);
        }
        Some(Known::Some(list)) => props(inspector, block, list, 0),
        Some(Known::NotHere) => {
            let problem = Diagnostic::new(&rules::WRONG_BLOCK).arg("value", kind.value);
            inspector.report(problem.at(or(kind.span, block.span)));
        }
        None if kind.value.is_empty() => {}
        None => inspector.unknown_word(&block.child("type"), kind, &spec::BLOCKS),
    }
}

/// What concerns several properties or several blocks.
fn beyond<'a>(
    inspector: &mut Inspector<'_>,
    block: &Object<'a>,
    kind: &str,
    totals: &mut Totals<'a>,
) {
    match kind {
        "section" if !inspector.has(block, "fields") => {
            inspector.need(block, "text");
        }
        "image" => picture(inspector, block),
        "table" => {
            totals.tables += 1;
            if totals.tables > 1 {
                let problem = Diagnostic::new(&rules::TWICE).arg("what", "`type: table`");
                inspector.report(problem.at(block.span));
            }
        }
        "markdown" => {
            let text = block.get("text").and_then(Node::as_str).unwrap_or_default();
            let length = text.chars().count();
            let before = totals.markdown;
            totals.markdown += length;
            if before <= MAX_MARKDOWN && totals.markdown > MAX_MARKDOWN && length <= MAX_MARKDOWN {
                let field = "type: markdown";
                let counts = (totals.markdown, MAX_MARKDOWN);
                inspector.too_long(field, counts, ("characters", "个字符"), block.span);
            }
        }
        _ => {}
    }
}

fn only(inspector: &mut Inspector<'_>, object: &Object<'_>, list: &[Prop], id: &'static str) {
    let mut known = vec!["type", id];
    known.extend(list.iter().map(|prop| prop.name));
    inspector.only(object, &known);
}

fn props(inspector: &mut Inspector<'_>, object: &Object<'_>, list: &[Prop], depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    for prop in list {
        if prop.required && inspector.need(object, prop.name).is_none() {
            continue;
        }
        property(inspector, object, prop, depth + 1);
    }
}

fn property(inspector: &mut Inspector<'_>, object: &Object<'_>, prop: &Prop, depth: usize) {
    let name = prop.name;
    match prop.is {
        Is::Any => {}
        Is::Flag => inspector.boolean(object, name),
        Is::Map => {
            inspector.object(object, name);
        }
        Is::Chars(max) if prop.required => {
            inspector.need_text(object, name, max);
        }
        Is::Chars(max) => {
            inspector.text(object, name, max);
        }
        Is::Plain(max) => text_object(inspector, object, name, max, true),
        Is::Text(max) => text_object(inspector, object, name, max, false),
        Is::Words(max) => match object.get(name).and_then(Node::as_str) {
            Some(_) => {
                inspector.text(object, name, max);
            }
            None => text_object(inspector, object, name, max, false),
        },
        Is::Texts(max) => {
            for item in inspector.objects(object, name, 1, 10).unwrap_or_default() {
                text(inspector, &item, max, false);
            }
        }
        Is::Confirm => {
            if let Some(confirm) = inspector.object(object, name) {
                props(inspector, &confirm, spec::CONFIRM, depth);
                let known: Vec<_> = spec::CONFIRM.iter().map(|prop| prop.name).collect();
                inspector.only(&confirm, &known);
            }
        }
        Is::Style => inspector.word(object, name, &["primary", "danger"]),
        Is::Accessory => {
            if let Some(accessory) = inspector.object(object, name) {
                beside(inspector, &accessory, depth);
            }
        }
        Is::Clickable(max) => {
            for item in inspector.objects(object, name, 1, max).unwrap_or_default() {
                clickable(inspector, &item, &[], depth);
            }
        }
        Is::TextsAndImages(max) => {
            for item in inspector.objects(object, name, 1, max).unwrap_or_default() {
                if item.get("type").and_then(Node::as_str) == Some("image") {
                    image(inspector, &item, depth);
                } else {
                    text(inspector, &item, 3000, false);
                }
            }
        }
        Is::Options(min, max) => {
            // A menu has choices or groups of them.
            if !prop.required && !inspector.has(object, name) {
                if !inspector.has(object, "option_groups") {
                    inspector.need(object, name);
                }
                return;
            }
            if !prop.required && inspector.has(object, "option_groups") {
                return;
            }
            for item in inspector
                .objects(object, name, min, max)
                .unwrap_or_default()
            {
                props(inspector, &item, spec::OPTION, depth);
                let known: Vec<_> = spec::OPTION.iter().map(|prop| prop.name).collect();
                inspector.only(&item, &known);
            }
        }
        Is::Groups => {
            for item in inspector.objects(object, name, 1, 100).unwrap_or_default() {
                props(inspector, &item, spec::GROUP, depth);
                inspector.only(&item, &["label", "options"]);
            }
        }
        Is::RichText => rich_text(inspector, object, name),
        Is::Rows(min, max, columns) => rows(inspector, object, name, (min, max, columns)),
        Is::Items(min, max) => {
            if let Some(items) = inspector.list(object, name) {
                inspector.count(object, name, items.len(), min, max);
            }
        }
    }
}

fn text_object(
    inspector: &mut Inspector<'_>,
    owner: &Object<'_>,
    key: &str,
    max: usize,
    plain: bool,
) {
    if let Some(object) = inspector.object(owner, key) {
        text(inspector, &object, max, plain);
    }
}

fn text(inspector: &mut Inspector<'_>, object: &Object<'_>, max: usize, plain: bool) {
    let words = inspector.need_text(object, "text", max);
    inspector.boolean(object, "emoji");
    inspector.boolean(object, "verbatim");
    let kind = inspector.need_string(object, "type");
    if let Some(kind) = kind {
        let not_with = match kind.value {
            "mrkdwn" if plain => {
                let problem = Diagnostic::new(&rules::UNKNOWN_WORD)
                    .arg("field", object.child("type"))
                    .arg("value", "mrkdwn");
                inspector.report(problem.at(kind.span).hint(hints::PLAIN_TEXT_HERE));
                None
            }
            "mrkdwn" => {
                if let Some(words) = words {
                    text_rules::mrkdwn(inspector, words);
                }
                Some(("emoji", "mrkdwn"))
            }
            "plain_text" => {
                if let Some(words) = words {
                    text_rules::text(inspector, words);
                }
                Some(("verbatim", "plain_text"))
            }
            "" => None,
            _ => {
                let known = ["plain_text", "mrkdwn"];
                inspector.unknown_word(&object.child("type"), kind, &known);
                None
            }
        };
        if let Some((field, what)) = not_with
            && inspector.has(object, field)
        {
            let problem = Diagnostic::new(&rules::NOT_HERE)
                .arg("field", field)
                .arg("what", format!("`{what}`"));
            inspector.report(problem.at(object.key_span(field)));
        }
    }
    inspector.only(object, &["type", "text", "emoji", "verbatim"]);
}

fn beside(inspector: &mut Inspector<'_>, accessory: &Object<'_>, depth: usize) {
    let kind = accessory.get("type").and_then(Node::as_str);
    match kind {
        Some("image") => image(inspector, accessory, depth),
        Some(kind) => {
            let list = spec::accessory(kind).unwrap_or_default();
            clickable(inspector, accessory, list, depth);
        }
        None => clickable(inspector, accessory, &[], depth),
    }
}

/// Something to click: `also` are the properties of a kind that only this place takes.
fn clickable(inspector: &mut Inspector<'_>, element: &Object<'_>, also: &[Prop], depth: usize) {
    inspector.text(element, "action_id", MAX_ID);
    let Some(kind) = inspector.need_string(element, "type") else {
        return;
    };
    let list = if also.is_empty() {
        spec::clickable(kind.value)
    } else {
        None
    };
    match list {
        Some(list) => {
            props(inspector, element, list, depth);
            only(inspector, element, list, "action_id");
        }
        None if !also.is_empty() => {
            props(inspector, element, also, depth);
            only(inspector, element, also, "action_id");
        }
        None if kind.value.is_empty() => {}
        None => inspector.unknown_word(&element.child("type"), kind, &spec::CLICKABLE),
    }
}

fn image(inspector: &mut Inspector<'_>, element: &Object<'_>, depth: usize) {
    props(inspector, element, spec::IMAGE, depth);
    picture(inspector, element);
    let mut known = vec!["type"];
    known.extend(spec::IMAGE.iter().map(|prop| prop.name));
    inspector.only(element, &known);
}

/// A picture comes from somewhere.
fn picture(inspector: &mut Inspector<'_>, owner: &Object<'_>) {
    if !inspector.has(owner, "slack_file") {
        inspector.need(owner, "image_url");
    }
}

fn rich_text(inspector: &mut Inspector<'_>, object: &Object<'_>, name: &str) {
    for part in inspector
        .objects(object, name, 0, usize::MAX)
        .unwrap_or_default()
    {
        let Some(kind) = inspector.need_string(&part, "type") else {
            continue;
        };
        if !spec::RICH_TEXT.contains(&kind.value) {
            inspector.unknown_word(&part.child("type"), kind, &spec::RICH_TEXT);
            continue;
        }
        if inspector.need(&part, "elements").is_none() {
            continue;
        }
        for inner in inspector
            .objects(&part, "elements", 0, usize::MAX)
            .unwrap_or_default()
        {
            inspector.need_string(&inner, "type");
        }
    }
}

fn rows(
    inspector: &mut Inspector<'_>,
    object: &Object<'_>,
    name: &str,
    (min, max, columns): (usize, usize, usize),
) {
    let Some(rows) = inspector.list(object, name) else {
        return;
    };
    inspector.count(object, name, rows.len(), min, max);
    for (path, row) in rows {
        match row.as_list() {
            Some(cells) if cells.len() <= columns => {}
            Some(cells) => {
                let problem = Diagnostic::new(&rules::WRONG_COUNT)
                    .arg("field", path)
                    .arg("actual", cells.len())
                    .arg("limit", format!("≤ {columns}"))
                    .arg("service", "Slack");
                inspector.report(problem.at(or(row.span, object.span)));
            }
            None => inspector.wrong_type(&path, "list", row, object.span),
        }
    }
}
