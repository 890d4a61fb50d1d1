//! The Markdown that DingTalk shows (and Slack's `markdown` block): headings, quotes, lists, bold, italic, code,
//! links, pictures.

use burgee_source::Lang;

use super::{Face, Kind, Para, Run};
use crate::words;

/// What a single line break within a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Soft {
    /// A space, unless two spaces stand before it: DingTalk.
    Space,
    /// A line break: Slack.
    Break,
}

/// What may begin a style or a link; the longer first.
const MARKERS: [&str; 5] = ["**", "*", "`", "![", "["];

/// The paragraphs of a Markdown text.
pub(super) fn markdown(text: &str, soft: Soft, lang: Lang) -> Vec<Para> {
    let mut reader = Reader {
        soft,
        lang,
        paras: Vec::new(),
        open: None,
    };
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("```") {
            reader.close();
            let code: Vec<_> = lines
                .by_ref()
                .take_while(|line| line.trim() != "```")
                .collect();
            let run = Run::faced(code.join("\n"), Face::default().code());
            reader.paras.push(Para::of(Kind::Verbatim, vec![run]));
        } else {
            reader.line(line);
        }
    }
    reader.close();
    reader.paras
}

struct Reader {
    soft: Soft,
    lang: Lang,
    paras: Vec<Para>,
    /// The paragraph that the next line may go on with, and whether a break is due before that line.
    open: Option<(Para, bool)>,
}

// === impl Reader ===

impl Reader {
    fn line(&mut self, line: &str) {
        let breaks = line.ends_with("  ") || self.soft == Soft::Break;
        let indent = line.len() - line.trim_start().len();
        let line = line.trim();
        if line.is_empty() {
            return self.close();
        }
        if line.len() >= 3 && line.chars().all(|c| c == '-' || c == '*') {
            self.close();
            return self.paras.push(Para::of(Kind::Rule, Vec::new()));
        }
        if let Some(heading) = heading(line) {
            self.begin(Kind::Heading, heading, false);
            return self.close();
        }
        if let Some((mark, rest)) = item(line) {
            return self.begin(Kind::Item(mark, indent / 2), rest, breaks);
        }
        if let Some(rest) = line.strip_prefix('>') {
            return self.go_on(Kind::Quote, rest.trim_start(), breaks);
        }
        match &self.open {
            Some((open, _)) if open.kind != Kind::Text => {
                let kind = open.kind.clone();
                self.go_on(kind, line, breaks);
            }
            Some(_) | None => self.go_on(Kind::Text, line, breaks),
        }
    }

    /// A paragraph of its own.
    fn begin(&mut self, kind: Kind, text: &str, breaks: bool) {
        self.close();
        self.open = Some((Para::of(kind, self.inline(text)), breaks));
    }

    /// The open paragraph's next line, where it is of this kind.
    fn go_on(&mut self, kind: Kind, text: &str, breaks: bool) {
        let runs = self.inline(text);
        match &mut self.open {
            Some((open, due)) if open.kind == kind => {
                open.runs.push(Run::plain(if *due { "\n" } else { " " }));
                open.runs.extend(runs);
                *due = breaks;
            }
            Some(_) | None => {
                self.close();
                self.open = Some((Para::of(kind, runs), breaks));
            }
        }
    }

    fn close(&mut self) {
        self.paras.extend(self.open.take().map(|(para, _)| para));
    }

    fn inline(&self, text: &str) -> Vec<Run> {
        let mut runs = Vec::new();
        inline(text, Face::default(), self.lang, &mut runs);
        runs
    }
}

fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with(' ')).then(|| text.trim())
}

/// A bullet or a number, and what follows it.
fn item(line: &str) -> Option<(String, &str)> {
    if let Some(rest) = ["- ", "* ", "+ "]
        .iter()
        .find_map(|it| line.strip_prefix(it))
    {
        return Some(("•".to_owned(), rest.trim_start()));
    }
    let (number, rest) = line.split_once(". ")?;
    let is_number = (1..=9).contains(&number.len()) && number.bytes().all(|c| c.is_ascii_digit());
    is_number.then(|| (format!("{number}."), rest.trim_start()))
}

/// Styles nest at most as deep as there are faces: a face within itself is text.
fn inline(text: &str, face: Face, lang: Lang, runs: &mut Vec<Run>) {
    let mut plain = String::new();
    let mut at = 0;
    // What was seen to have no end is not searched for again: that would take the square of the length.
    let mut endless: Vec<&str> = Vec::new();
    let mut no_link_before = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let marker = MARKERS
            .into_iter()
            .find(|marker| rest.starts_with(marker))
            .filter(|marker| !endless.contains(marker));
        let marker = marker.filter(|marker| !marker.ends_with('[') || at >= no_link_before);
        let found = marker.and_then(|marker| match marker {
            "**" if !face.bold => between(rest, marker)
                .map(|(inner, length)| (styled(inner, face.bold(), lang), length)),
            "*" if !face.italic => between(rest, marker)
                .map(|(inner, length)| (styled(inner, face.italic(), lang), length)),
            "`" => between(rest, marker)
                .map(|(inner, length)| (vec![Run::faced(inner, face.code())], length)),
            "![" => link(rest, 2).map(|(alt, href, length)| {
                let alt = words::IMAGE.render(lang, &[("alt", alt.to_owned())]);
                (vec![Run::faced(alt, face).to(Some(href))], length)
            }),
            "[" => link(rest, 1).map(|(label, href, length)| {
                (vec![Run::faced(label, face.link()).to(Some(href))], length)
            }),
            _ => None,
        });
        if let Some((inner, length)) = found {
            if !plain.is_empty() {
                runs.push(Run::faced(std::mem::take(&mut plain), face));
            }
            runs.extend(inner);
            at += length;
            continue;
        }
        let taken = marker.map_or(c.len_utf8(), str::len);
        match marker {
            Some("[" | "![") => match rest.find(']') {
                // The next bracket closes no link: then none before it can be one either.
                Some(close) if !rest[close..].starts_with("](") => no_link_before = at + close,
                Some(close) if rest[close..].contains(')') => {}
                Some(_) | None => endless.extend(["[", "!["]),
            },
            Some(marker) if !rest[marker.len()..].contains(marker) => endless.push(marker),
            Some(_) | None => {}
        }
        plain.push_str(&rest[..taken]);
        at += taken;
    }
    if !plain.is_empty() {
        runs.push(Run::faced(plain, face));
    }
}

fn styled(inner: &str, face: Face, lang: Lang) -> Vec<Run> {
    let mut runs = Vec::new();
    inline(inner, face, lang, &mut runs);
    runs
}

/// The text up to the same marker, and the length of all.
fn between<'a>(rest: &'a str, marker: &str) -> Option<(&'a str, usize)> {
    let inside = &rest[marker.len()..];
    let end = inside.find(marker)?;
    let inner = &inside[..end];
    let is_text = !inner.is_empty() && !inner.starts_with(' ') && !inner.ends_with(' ');
    is_text.then_some((inner, end + 2 * marker.len()))
}

/// `[label](target)`, its brackets after `skip` bytes: label, target, and the length of all.
fn link(rest: &str, skip: usize) -> Option<(&str, &str, usize)> {
    let inside = &rest[skip..];
    let middle = inside.find(']')?;
    let target = inside[middle + 1..].strip_prefix('(')?;
    let end = target.find(')')?;
    let length = skip + middle + 2 + end + 1;
    Some((&inside[..middle], &target[..end], length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, soft: Soft) -> String {
        let show = |para: Para| {
            let runs = para.runs.iter().map(|run| {
                let href = run.href.as_deref().unwrap_or_default();
                let face = run.face;
                let bold = if face.bold { "b" } else { "" };
                let italic = if face.italic { "i" } else { "" };
                format!(" {bold}{italic}{:?}{href}", run.text)
            });
            format!("{:?}:{}\n", para.kind, runs.collect::<String>())
        };
        let paras = markdown(text, soft, Lang::En).into_iter();
        paras.map(show).collect()
    }

    #[test]
    fn documented_subset_becomes_paragraphs() {
        let text = "#### Title\n> quoted **words**\n\n- one\n- two *i*\n1. three\n\n![pic](https://p.io) [go](https://g.io)\n---\n";
        insta::assert_snapshot!(show(text, Soft::Space), @r#"
        Heading: "Title"
        Quote: "quoted " b"words"
        Item("•", 0): "one"
        Item("•", 0): "two " i"i"
        Item("1.", 0): "three"
        Text: "[image: pic]"https://p.io " " "go"https://g.io
        Rule:
        "#);
    }

    #[test]
    fn line_breaks_need_two_spaces_in_dingtalk_and_none_in_slack() {
        let text = "a\nb  \nc";
        insta::assert_snapshot!(show(text, Soft::Space), @r#"Text: "a" " " "b" "\n" "c""#);
        insta::assert_snapshot!(show(text, Soft::Break), @r#"Text: "a" "\n" "b" "\n" "c""#);
    }

    #[test]
    fn what_does_not_close_is_text() {
        insta::assert_snapshot!(
            show("2 * 3 * 4 **open [a] (b) [c](d `e", Soft::Space),
            @r#"Text: "2 * 3 * 4 **open [a] (b) [c](d `e""#
        );
    }
}
