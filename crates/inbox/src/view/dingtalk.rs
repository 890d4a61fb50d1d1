//! A DingTalk message as its reader sees it, by its type.

use burgee_source::Lang;
use serde_json::Value;

use super::{
    Kind, Para, Run, items,
    markdown::{Soft, markdown},
    text,
};
use crate::words;

/// The paragraphs of a message; none where the object that `msgtype` names is not there.
pub(super) fn view(body: &Value, lang: Lang) -> Vec<Para> {
    let kind = text(body, "msgtype").unwrap_or_default();
    let object = &body[kind];
    let mut paras = match kind {
        "text" => text(object, "content")
            .map(|content| Para::of(Kind::Text, vec![Run::plain(content)]))
            .into_iter()
            .collect(),
        "link" => link(object, lang),
        "markdown" => titled(object, lang),
        "actionCard" => action_card(object, lang),
        "feedCard" => feed_card(object, lang),
        _ => Vec::new(),
    };
    if matches!(kind, "text" | "markdown") && !paras.is_empty() {
        mention(&body["at"], lang, &mut paras);
    }
    paras
}

fn link(link: &Value, lang: Lang) -> Vec<Para> {
    let title = text(link, "title").map(|title| {
        let run = Run::bold(title).to(text(link, "messageUrl"));
        Para::of(Kind::Text, vec![run])
    });
    let words = text(link, "text").map(Run::plain);
    let words = words.map(|run| Para::of(Kind::Text, vec![run]));
    title
        .into_iter()
        .chain(words)
        .chain(picture(link, "picUrl", lang))
        .collect()
}

/// Markdown under a title that only the list of chats shows.
fn titled(object: &Value, lang: Lang) -> Vec<Para> {
    let title = text(object, "title").map(|title| {
        let args = [("title", title.to_owned())];
        Para::small(words::PREVIEW.render(lang, &args))
    });
    let body = text(object, "text").unwrap_or_default();
    let body = markdown(body, Soft::Space, lang);
    title.into_iter().chain(body).collect()
}

fn action_card(card: &Value, lang: Lang) -> Vec<Para> {
    let mut paras = titled(card, lang);
    let single = text(card, "singleTitle");
    let single = single.map(|title| Run::plain(title).to(text(card, "singleURL")));
    let several = items(card, "btns").iter().map(|button| {
        let title = text(button, "title").unwrap_or_default();
        Run::plain(title).to(text(button, "actionURL"))
    });
    let buttons: Vec<_> = single.into_iter().chain(several).collect();
    let across = card["btnOrientation"] == "1" || card["btnOrientation"] == 1;
    if across && !buttons.is_empty() {
        paras.push(Para::of(Kind::Buttons, buttons));
    } else {
        let below = buttons.into_iter();
        paras.extend(below.map(|button| Para::of(Kind::Buttons, vec![button])));
    }
    paras
}

fn feed_card(card: &Value, lang: Lang) -> Vec<Para> {
    let mut paras = Vec::new();
    for link in items(card, "links") {
        let title = text(link, "title").unwrap_or_default();
        let run = Run::bold(title).to(text(link, "messageURL"));
        paras.push(Para::of(Kind::Item("•".to_owned(), 0), vec![run]));
        paras.extend(picture(link, "picURL", lang));
    }
    paras
}

fn picture(owner: &Value, key: &str, lang: Lang) -> Option<Para> {
    let url = text(owner, key)?;
    let run = Run::plain(words::PICTURE.template(lang)).to(Some(url));
    Some(Para::of(Kind::Text, vec![run]))
}

/// Highlights those who are mentioned where the text names them, and adds everybody at the end.
fn mention(at: &Value, lang: Lang, paras: &mut Vec<Para>) {
    let named = ["atMobiles", "atUserIds"].map(|key| items(at, key));
    let named = named.into_iter().flatten().filter_map(|name| match name {
        Value::String(name) if !name.is_empty() => Some(format!("@{name}")),
        Value::Number(number) => Some(format!("@{number}")),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    });
    // A group has no more members than this; a list without an end would cost its length for each word.
    for name in named.take(100) {
        for para in paras.iter_mut() {
            para.runs = std::mem::take(&mut para.runs)
                .into_iter()
                .flat_map(|run| highlight(run, &name))
                .collect();
        }
    }
    if at.get("isAtAll").and_then(Value::as_bool) == Some(true) {
        let run = Run::plain(words::EVERYONE.template(lang));
        let run = Run {
            face: run.face.link(),
            ..run
        };
        paras.push(Para::of(Kind::Text, vec![run]));
    }
}

fn highlight(run: Run, name: &str) -> Vec<Run> {
    if run.face.link || !run.text.contains(name) {
        return vec![run];
    }
    let mut runs = Vec::new();
    for (index, part) in run.text.split(name).enumerate() {
        if index > 0 {
            runs.push(Run::faced(name, run.face.link()));
        }
        if !part.is_empty() {
            runs.push(Run::faced(part, run.face));
        }
    }
    runs
}
