//! A Slack message as its reader sees it: blocks where there are any, else the text; then the attachments.

use burgee_source::Lang;
use serde_json::Value;

use super::{
    Bar, Kind, Para, Run, items,
    markdown::{Soft, markdown},
    mrkdwn::{mrkdwn, plain},
    rich_text::rich_text,
    text,
};
use crate::{slack::MAX_SHOWN_CHARS, words};

/// The paragraphs of a message.
pub(super) fn view(body: &Value, lang: Lang) -> Vec<Para> {
    let mut paras = Vec::new();
    let blocks = items(body, "blocks");
    if blocks.is_empty() {
        top_text(body, lang, &mut paras);
    }
    for block in blocks {
        paras.extend(self::block(block, lang));
    }
    for attachment in items(body, "attachments") {
        paras.extend(self::attachment(attachment, lang));
    }
    paras
}

/// The `text` field, cut where Slack cuts it.
fn top_text(body: &Value, lang: Lang, paras: &mut Vec<Para>) {
    let Some(text) = text(body, "text") else {
        return;
    };
    let end = text.char_indices().nth(MAX_SHOWN_CHARS);
    let shown = end.map_or(text, |(end, _)| &text[..end]);
    if body["mrkdwn"] == Value::Bool(false) {
        paras.push(Para::of(Kind::Text, vec![plain(shown)]));
    } else {
        paras.extend(mrkdwn(shown));
    }
    if end.is_some() {
        paras.push(Para::small(words::CUT.template(lang)));
    }
}

fn block(block: &Value, lang: Lang) -> Vec<Para> {
    match text(block, "type").unwrap_or_default() {
        "section" => section(block, lang),
        "header" => text_object(&block["text"])
            .into_iter()
            .map(|para| Para::of(Kind::Heading, para.runs))
            .collect(),
        "divider" => vec![Para::of(Kind::Rule, Vec::new())],
        "image" => image(block, lang),
        "context" => context(block, lang),
        "actions" => buttons(items(block, "elements"), lang),
        "markdown" => markdown(text(block, "text").unwrap_or_default(), Soft::Break, lang),
        "rich_text" => rich_text(block),
        "table" => items(block, "rows").iter().map(row).collect(),
        "video" => {
            let args = [("alt", label(&block["title"]))];
            let run = Run::plain(words::VIDEO.render(lang, &args)).to(text(block, "video_url"));
            vec![Para::of(Kind::Text, vec![run])]
        }
        kind => {
            let args = [("kind", kind.to_owned())];
            let mut paras = vec![Para::small(words::BLOCK.render(lang, &args))];
            paras.extend(text_object(&block["title"]));
            paras.extend(text_object(&block["text"]));
            paras
        }
    }
}

fn section(block: &Value, lang: Lang) -> Vec<Para> {
    let mut paras = text_object(&block["text"]);
    for field in items(block, "fields") {
        paras.extend(text_object(field));
    }
    let accessory = &block["accessory"];
    match text(accessory, "type") {
        Some("image") => paras.extend(image(accessory, lang)),
        Some(_) => paras.extend(buttons(std::slice::from_ref(accessory), lang)),
        None => {}
    }
    paras
}

fn image(block: &Value, lang: Lang) -> Vec<Para> {
    let mut paras = text_object(&block["title"]);
    let alt = text(block, "alt_text").unwrap_or_default().to_owned();
    let run = Run::plain(words::IMAGE.render(lang, &[("alt", alt)]));
    paras.push(Para::of(Kind::Text, vec![run.to(text(block, "image_url"))]));
    paras
}

/// One line of small print.
fn context(block: &Value, lang: Lang) -> Vec<Para> {
    let mut runs = Vec::new();
    for element in items(block, "elements") {
        if !runs.is_empty() {
            runs.push(Run::plain("  "));
        }
        if text(element, "type") == Some("image") {
            let alt = text(element, "alt_text").unwrap_or_default().to_owned();
            runs.push(Run::plain(words::IMAGE.render(lang, &[("alt", alt)])));
        } else {
            runs.extend(text_object(element).into_iter().flat_map(|para| para.runs));
        }
    }
    vec![Para::of(Kind::Small, runs)]
}

fn buttons(elements: &[Value], lang: Lang) -> Vec<Para> {
    if elements.is_empty() {
        return Vec::new();
    }
    let button = |element: &Value| {
        let mut name = label(&element["text"]);
        if name.is_empty() {
            name = label(&element["placeholder"]);
        }
        if name.is_empty() {
            name = words::CHOOSE.template(lang).to_owned();
        }
        Run::plain(name).to(text(element, "url"))
    };
    let runs = elements.iter().map(button).collect();
    vec![Para::of(Kind::Buttons, runs)]
}

fn row(row: &Value) -> Para {
    let mut runs = Vec::new();
    for cell in row.as_array().into_iter().flatten() {
        if !runs.is_empty() {
            runs.push(Run::plain(" │ "));
        }
        match text(cell, "text") {
            Some(text) => runs.push(Run::plain(text)),
            None => runs.extend(rich_text(cell).into_iter().flat_map(|para| para.runs)),
        }
    }
    Para::of(Kind::Text, runs)
}

/// A text object's paragraphs; none where there is no text.
fn text_object(object: &Value) -> Vec<Para> {
    let Some(content) = text(object, "text").or_else(|| object.as_str()) else {
        return Vec::new();
    };
    if text(object, "type") == Some("plain_text") {
        vec![Para::of(Kind::Text, vec![plain(content)])]
    } else {
        mrkdwn(content)
    }
}

/// A text object's words on their own.
fn label(object: &Value) -> String {
    plain(text(object, "text").unwrap_or_default()).text
}

fn attachment(attachment: &Value, lang: Lang) -> Vec<Para> {
    let mut inside = Vec::new();
    if let Some(author) = text(attachment, "author_name") {
        inside.push(Para::small(plain(author).text));
    }
    if let Some(title) = text(attachment, "title") {
        let run = Run::bold(plain(title).text).to(text(attachment, "title_link"));
        inside.push(Para::of(Kind::Text, vec![run]));
    }
    inside.extend(text(attachment, "text").map(mrkdwn).into_iter().flatten());
    for block in items(attachment, "blocks") {
        inside.extend(self::block(block, lang));
    }
    for field in items(attachment, "fields") {
        inside.extend(self::field(field));
    }
    for key in ["image_url", "thumb_url"] {
        if let Some(url) = text(attachment, key) {
            let run = Run::plain(words::PICTURE.template(lang)).to(Some(url));
            inside.push(Para::of(Kind::Text, vec![run]));
        }
    }
    if let Some(footer) = text(attachment, "footer") {
        inside.push(Para::small(plain(footer).text));
    }
    if inside.is_empty() {
        inside.extend(
            text(attachment, "fallback")
                .map(mrkdwn)
                .into_iter()
                .flatten(),
        );
    }
    let bar = bar(text(attachment, "color").unwrap_or_default());
    for para in &mut inside {
        para.bar = Some(bar);
    }
    let pretext = text(attachment, "pretext").map(mrkdwn).unwrap_or_default();
    pretext.into_iter().chain(inside).collect()
}

fn field(field: &Value) -> Vec<Para> {
    let title = text(field, "title").map(|title| {
        let run = Run::bold(plain(title).text);
        Para::of(Kind::Text, vec![run])
    });
    let value = text(field, "value").map(mrkdwn).unwrap_or_default();
    title.into_iter().chain(value).collect()
}

/// Slack's three words for colours, or hex; grey for all else.
fn bar(color: &str) -> Bar {
    let hex = |at: usize| {
        let digits = color.trim_start_matches('#').get(at..at + 2)?;
        u8::from_str_radix(digits, 16).ok()
    };
    match color {
        "good" => Bar(0x2e, 0xb8, 0x86),
        "warning" => Bar(0xda, 0xa0, 0x38),
        "danger" => Bar(0xa3, 0x02, 0x00),
        _ => match (hex(0), hex(2), hex(4)) {
            (Some(red), Some(green), Some(blue)) => Bar(red, green, blue),
            (_, _, _) => Bar(0xdd, 0xdd, 0xdd),
        },
    }
}
