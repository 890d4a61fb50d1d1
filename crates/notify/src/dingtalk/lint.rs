//! The rules for a DingTalk message.

use burgee_source::{Diagnostic, Kind, Node, Spanned};

use crate::{
    hints,
    inspect::{Inspector, Slot, Stage},
    object::{Object, or},
    rules, text_rules,
};

const TYPES: [&str; 5] = ["text", "link", "markdown", "actionCard", "feedCard"];
const KNOWN: [&str; 7] = [
    "msgtype",
    "text",
    "link",
    "markdown",
    "actionCard",
    "feedCard",
    "at",
];

/// Checks a message.
pub(crate) fn message(inspector: &mut Inspector<'_>, message: &Object<'_>) {
    let Some(kind) = msgtype(inspector, message) else {
        inspector.slips(message, &KNOWN);
        return;
    };
    if inspector.has(message, kind) {
        if let Some(object) = inspector.object(message, kind) {
            content(inspector, kind, &object);
            inside(inspector, kind, &object);
        }
    } else {
        mismatch(inspector, message, kind);
    }
    for other in TYPES.into_iter().filter(|other| *other != kind) {
        if message.get(other).is_some() && inspector.has(message, kind) {
            let problem = Diagnostic::new(&rules::UNUSED_OBJECT)
                .arg("field", other)
                .arg("msgtype", kind);
            inspector.report(problem.at(message.key_span(other)));
        }
    }
    mentions(inspector, message, kind);
    inspector.slips(message, &KNOWN);
}

/// Which of the types it is. `None` when that is not known yet, or is no type; the latter is reported.
fn msgtype(inspector: &mut Inspector<'_>, message: &Object<'_>) -> Option<&'static str> {
    let slot = inspector.slot(message, "msgtype");
    match slot {
        Slot::Awaited => return None,
        // KubeVela's schema says that a message is a text unless it says otherwise.
        Slot::Absent if inspector.stage == Stage::Manifest && inspector.has(message, "text") => {
            return Some("text");
        }
        Slot::Absent | Slot::Here(_) => {}
    }
    let word = inspector.need_string(message, "msgtype")?;
    let known = TYPES.into_iter().find(|kind| *kind == word.value);
    if known.is_none() && !word.value.is_empty() {
        inspector.unknown_word(&message.child("msgtype"), word, &TYPES);
    }
    known
}

/// The object that `msgtype` names is not there; perhaps under a misspelt name.
fn mismatch(inspector: &mut Inspector<'_>, message: &Object<'_>, kind: &'static str) {
    let misspelt = message
        .keys()
        .find(|(key, _)| key.eq_ignore_ascii_case(kind));
    if misspelt.is_some() {
        inspector.need(message, kind);
        return;
    }
    let mut problem = Diagnostic::new(&rules::MSGTYPE_MISMATCH)
        .arg("msgtype", kind)
        .at(or(
            message
                .get("msgtype")
                .map_or(burgee_source::Span::NONE, |node| node.span),
            message.span,
        ));
    let there = TYPES.into_iter().find(|other| message.get(other).is_some());
    if let Some(there) = there {
        problem = problem
            .arg("there", there)
            .also(
                message.key_span(there),
                burgee_source::Text::new("this is there", "这里有该对象"),
            )
            .hint(hints::MSGTYPE_OF);
    }
    inspector.report(problem);
}

fn content(inspector: &mut Inspector<'_>, kind: &str, object: &Object<'_>) {
    match kind {
        "text" => {
            let text = inspector.need_string(object, "content");
            look_into(inspector, text);
            inspector.slips(object, &["content"]);
        }
        "link" => {
            strings(inspector, object, &["title", "text", "messageUrl"]);
            inspector.string(object, "picUrl");
            inspector.slips(object, &["title", "text", "messageUrl", "picUrl"]);
        }
        "markdown" => {
            strings(inspector, object, &["title", "text"]);
            inspector.slips(object, &["title", "text"]);
        }
        "actionCard" => action_card(inspector, object),
        "feedCard" => feed_card(inspector, object),
        _ => {}
    }
}

/// Strings that have to be there.
fn strings(inspector: &mut Inspector<'_>, object: &Object<'_>, keys: &[&str]) {
    for key in keys {
        let text = inspector.need_string(object, key);
        look_into(inspector, text);
    }
}

fn look_into(inspector: &mut Inspector<'_>, text: Option<Spanned<&str>>) {
    if let Some(text) = text {
        text_rules::text(inspector, text);
    }
}

fn action_card(inspector: &mut Inspector<'_>, card: &Object<'_>) {
    strings(inspector, card, &["title", "text"]);
    switch(inspector, card, "btnOrientation");
    switch(inspector, card, "hideAvatar");
    let single = inspector.has(card, "singleTitle") || inspector.has(card, "singleURL");
    match (single, inspector.has(card, "btns")) {
        (true, false) => strings(inspector, card, &["singleTitle", "singleURL"]),
        (false, true) => {
            for button in inspector
                .objects(card, "btns", 1, usize::MAX)
                .unwrap_or_default()
            {
                strings(inspector, &button, &["title", "actionURL"]);
                inspector.slips(&button, &["title", "actionURL"]);
            }
        }
        (true, true) => {
            let problem = Diagnostic::new(&rules::CARD_FORM).at(card.key_span("btns"));
            inspector.report(problem.hint(hints::CHOOSE));
        }
        (false, false) => {
            let problem = Diagnostic::new(&rules::CARD_FORM).at(card.span);
            inspector.report(problem.hint(hints::CHOOSE));
        }
    }
    inspector.slips(
        card,
        &[
            "title",
            "text",
            "btnOrientation",
            "hideAvatar",
            "singleTitle",
            "singleURL",
            "btns",
        ],
    );
}

fn feed_card(inspector: &mut Inspector<'_>, card: &Object<'_>) {
    if inspector.need(card, "links").is_some() {
        for link in inspector
            .objects(card, "links", 1, usize::MAX)
            .unwrap_or_default()
        {
            strings(inspector, &link, &["title", "messageURL", "picURL"]);
            inspector.slips(&link, &["title", "messageURL", "picURL"]);
        }
    }
    inspector.slips(card, &["links"]);
}

/// `"0"` or `"1"`; DingTalk turns a number or a boolean into it.
fn switch(inspector: &mut Inspector<'_>, card: &Object<'_>, key: &str) {
    let Slot::Here(node) = inspector.slot(card, key) else {
        return;
    };
    match &node.kind {
        Kind::String(text) if text == "0" || text == "1" => {}
        Kind::String(_) | Kind::Number(_) | Kind::Bool(_) => {
            let problem = Diagnostic::new(&rules::SWITCH).arg("field", card.child(key));
            inspector.report(problem.at(or(node.span, card.span)));
        }
        Kind::Null | Kind::List(_) | Kind::Map(_) => {
            inspector.wrong_type(&card.child(key), "string", node, card.span);
        }
    }
}

/// `at` inside the object that it should stand beside.
fn inside(inspector: &mut Inspector<'_>, kind: &str, object: &Object<'_>) {
    for key in ["at", "atMobiles", "atUserIds", "isAtAll"] {
        if object.get(key).is_some() {
            let problem = Diagnostic::new(&rules::MISPLACED_AT).arg("field", kind);
            inspector.report(problem.at(object.key_span(key)).hint(hints::MOVE_AT));
        }
    }
}

fn mentions(inspector: &mut Inspector<'_>, message: &Object<'_>, kind: &str) {
    let Some(at) = inspector.object(message, "at") else {
        return;
    };
    inspector.boolean(&at, "isAtAll");
    let text = match kind {
        "text" => message.get("text").and_then(|text| text.get("content")),
        "markdown" => message
            .get("markdown")
            .and_then(|markdown| markdown.get("text")),
        _ => {
            let problem = Diagnostic::new(&rules::NO_MENTIONS_HERE).arg("msgtype", kind);
            inspector.report(problem.at(message.key_span("at")));
            None
        }
    };
    let awaited = inspector.touches(&message.child(kind));
    let text = text.and_then(Node::as_str).filter(|_| !awaited);
    for key in ["atMobiles", "atUserIds"] {
        for (path, item) in inspector.list(&at, key).unwrap_or_default() {
            mention(inspector, &at, key, (&path, item), text);
        }
    }
    inspector.slips(&at, &["atMobiles", "atUserIds", "isAtAll"]);
}

fn mention(
    inspector: &mut Inspector<'_>,
    at: &Object<'_>,
    key: &str,
    (path, item): (&str, &Node),
    text: Option<&str>,
) {
    let who = match &item.kind {
        Kind::String(who) => who.clone(),
        Kind::Number(number) => {
            let problem = Diagnostic::new(&rules::MENTION_NUMBER)
                .arg("field", at.child(key))
                .arg("value", number);
            inspector.report(problem.at(or(item.span, at.span)).hint(hints::QUOTE));
            number.to_string()
        }
        Kind::Null | Kind::Bool(_) | Kind::List(_) | Kind::Map(_) => {
            inspector.wrong_type(path, "string", item, at.span);
            return;
        }
    };
    if text.is_some_and(|text| !text.contains(&format!("@{who}"))) {
        let problem = Diagnostic::new(&rules::MENTION_NOT_IN_TEXT).arg("value", who);
        inspector.report(problem.at(or(item.span, at.span)));
    }
}
