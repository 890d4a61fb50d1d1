//! The page that shows the messages: one HTML text without anything from elsewhere, escaped throughout.

use burgee_source::Lang;
use url::Url;

use crate::{
    Received,
    clean::clean,
    view::{Bar, Face, Kind, Para, Run, view},
    words,
};

/// How many messages the page shows; `/messages` has them all.
const MAX_SHOWN: usize = 100;

const STYLE: &str = include_str!("page.css");

/// The page for these messages, oldest first as they are kept.
pub(crate) fn page(messages: &[Received], lang: Lang) -> String {
    let title = words::INBOX.template(lang);
    let tag = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-Hans",
    };
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"refresh\" content=\"3\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>({}) {title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        messages.len()
    );
    let shown = messages.len().min(MAX_SHOWN);
    let note = if messages.is_empty() {
        words::EMPTY.template(lang).to_owned()
    } else {
        let args = [
            ("shown", shown.to_string()),
            ("all", messages.len().to_string()),
        ];
        words::SHOWN.render(lang, &args)
    };
    html.push_str(&format!("<p class=\"note\">{}</p>\n", escape(&note)));
    for received in messages.iter().rev().take(MAX_SHOWN) {
        article(received, lang, &mut html);
    }
    html.push_str("</body>\n</html>\n");
    html
}

fn article(received: &Received, lang: Lang, html: &mut String) {
    let (class, verdict) = if received.accepted {
        ("accepted", words::ACCEPTED)
    } else {
        ("refused", words::REFUSED)
    };
    html.push_str(&format!(
        "<article class=\"{class}\">\n<header><b>{} #{}</b> <time>{}</time> <span>{}</span></header>\n",
        received.service.title(),
        received.number,
        received.at.strftime("%Y-%m-%d %H:%M:%SZ"),
        verdict.template(lang),
    ));
    for para in view(received, lang) {
        self::para(&para, html);
    }
    if !received.accepted {
        let reply = &received.reply;
        let reason = received.reason.as_ref();
        let reason = reason.map_or_else(String::new, |reason| reason.render(lang));
        html.push_str(&format!(
            "<footer>{}HTTP {} <code>{}</code><br>{}</footer>\n",
            words::ANSWER.template(lang),
            reply.status,
            escape(&reply.body),
            escape(&reason),
        ));
    }
    html.push_str("</article>\n");
}

fn para(para: &Para, html: &mut String) {
    let bar = para.bar.map_or_else(String::new, |Bar(red, green, blue)| {
        format!(
            " style=\"border-left:4px solid #{red:02x}{green:02x}{blue:02x};padding-left:.6em\""
        )
    });
    let inside: String = match para.kind {
        Kind::Buttons => para.runs.iter().map(button).collect(),
        Kind::Text
        | Kind::Heading
        | Kind::Small
        | Kind::Quote
        | Kind::Verbatim
        | Kind::Rule
        | Kind::Item(_, _) => para.runs.iter().map(run).collect(),
    };
    html.push_str(&match &para.kind {
        Kind::Rule => "<hr>\n".to_owned(),
        Kind::Item(mark, depth) => format!(
            "<p class=\"item\"{bar}>{}{} {inside}</p>\n",
            "&emsp;".repeat((*depth).min(8)),
            escape(mark)
        ),
        Kind::Text | Kind::Buttons => format!("<p{bar}>{inside}</p>\n"),
        Kind::Heading => format!("<p class=\"heading\"{bar}>{inside}</p>\n"),
        Kind::Small => format!("<p class=\"small\"{bar}>{inside}</p>\n"),
        Kind::Quote => format!("<blockquote{bar}>{inside}</blockquote>\n"),
        Kind::Verbatim => format!("<pre{bar}>{inside}</pre>\n"),
    });
}

fn run(run: &Run) -> String {
    let Face {
        bold,
        italic,
        strike,
        code,
        link,
        faint,
    } = run.face;
    let tags = [
        (code, "code"),
        (bold, "b"),
        (italic, "i"),
        (strike, "s"),
        (link, "em"),
        (faint, "small"),
    ];
    let on = tags.iter().filter(|(on, _)| *on);
    let text = on.fold(escape(&run.text), |text, (_, tag)| {
        format!("<{tag}>{text}</{tag}>")
    });
    anchor(run.href.as_deref(), "link", text)
}

fn button(run: &Run) -> String {
    let text = format!("<span class=\"button\">{}</span>", escape(&run.text));
    anchor(run.href.as_deref(), "plain", text)
}

/// A link, where the address is one that is safe to follow; its text otherwise.
fn anchor(href: Option<&str>, class: &str, text: String) -> String {
    let safe = href.filter(|href| {
        Url::parse(href).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
    });
    match safe {
        Some(href) => format!(
            "<a class=\"{class}\" href=\"{}\" rel=\"noreferrer noopener\" target=\"_blank\">{text}</a>",
            escape(href)
        ),
        None => text,
    }
}

/// Text for anywhere in HTML, in quoted attributes too.
fn escape(text: &str) -> String {
    clean(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
