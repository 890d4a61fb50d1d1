//! Slack's `mrkdwn`: `*bold*`, `_italic_`, `~strike~`, code, quotes, `<…>` for links and mentions, and three
//! escapes (`&amp;`, `&lt;`, `&gt;`). It is not Markdown.

use super::{Face, Kind, Para, Run};

const FENCE: &str = "```";

/// The paragraphs of a text in `mrkdwn`.
pub(super) fn mrkdwn(text: &str) -> Vec<Para> {
    let mut paras = Vec::new();
    let parts = fenced(text);
    for (index, part) in parts.iter().enumerate() {
        if index % 2 == 1 {
            let code = unescape(part.trim_matches('\n'));
            let run = Run::faced(code, Face::default().code());
            paras.push(Para::of(Kind::Verbatim, vec![run]));
            continue;
        }
        // The line breaks next to a fence end lines; they are not empty lines.
        let mut part = *part;
        if index > 0 {
            part = part.strip_prefix('\n').unwrap_or(part);
        }
        if index + 1 < parts.len() {
            part = part.strip_suffix('\n').unwrap_or(part);
        }
        lines(part, &mut paras);
    }
    paras
}

/// A text without markup: only the escapes are undone.
pub(super) fn plain(text: &str) -> Run {
    Run::plain(unescape(text))
}

/// The text in turns outside and inside of fences; a fence that does not close is text.
fn fenced(text: &str) -> Vec<&str> {
    let mut parts: Vec<_> = text.split(FENCE).collect();
    if parts.len() % 2 == 0 {
        let unclosed = parts.pop().map_or(0, str::len) + FENCE.len();
        let before = parts.pop().map_or(0, str::len);
        parts.push(&text[text.len() - unclosed - before..]);
    }
    parts
}

/// Lines outside of fences: quotes are paragraphs of their own.
fn lines(text: &str, paras: &mut Vec<Para>) {
    if text.is_empty() {
        return;
    }
    for line in text.split('\n') {
        let quote = line
            .strip_prefix("&gt;")
            .or_else(|| line.strip_prefix('>'))
            .map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
        let (kind, line) = match quote {
            Some(rest) => (Kind::Quote, rest),
            None => (Kind::Text, line),
        };
        let mut runs = Vec::new();
        inline(line, Face::default(), &mut runs);
        match paras.last_mut() {
            Some(last) if last.kind == kind => {
                last.runs.push(Run::plain("\n"));
                last.runs.extend(runs);
            }
            Some(_) | None => paras.push(Para::of(kind, runs)),
        }
    }
}

/// One line. Each marker nests in the others at most once, so that the depth is bounded by their number.
fn inline(line: &str, face: Face, runs: &mut Vec<Run>) {
    let mut plain = String::new();
    let mut before = None;
    let mut rest = line;
    // A marker without an end is not searched for again: that would take the square of the length.
    let mut endless = String::new();
    while let Some(c) = rest.chars().next() {
        let found = match c {
            '<' if !endless.contains(c) => special(rest, face),
            '`' if !endless.contains(c) => code(rest, face),
            '*' | '_' | '~' if opens(before) && !endless.contains(c) => emphasis(rest, c, face),
            _ => None,
        };
        if let Some((inner, length)) = found {
            flush(&mut plain, face, runs);
            runs.extend(inner);
            before = rest[..length].chars().next_back();
            rest = &rest[length..];
            continue;
        }
        let is_endless = match c {
            '<' => !endless.contains(c) && !rest.contains('>'),
            '`' | '*' | '_' | '~' => opens(before) && may_open(rest, c),
            _ => false,
        };
        if is_endless {
            endless.push(c);
        }
        plain.push(c);
        before = Some(c);
        rest = &rest[c.len_utf8()..];
    }
    flush(&mut plain, face, runs);
}

fn flush(plain: &mut String, face: Face, runs: &mut Vec<Run>) {
    if !plain.is_empty() {
        runs.push(Run::faced(unescape(plain), face));
        plain.clear();
    }
}

fn opens(before: Option<char>) -> bool {
    before.is_none_or(|c| !c.is_alphanumeric())
}

/// A marker opens only before something that is neither a space nor the marker again.
fn may_open(rest: &str, marker: char) -> bool {
    let next = rest.chars().nth(1);
    next.is_some_and(|next| !next.is_whitespace() && next != marker)
}

fn code(rest: &str, face: Face) -> Option<(Vec<Run>, usize)> {
    let inside = &rest[1..];
    let end = inside.find('`').filter(|end| *end > 0)?;
    let run = Run::faced(unescape(&inside[..end]), face.code());
    Some((vec![run], end + 2))
}

fn emphasis(rest: &str, marker: char, face: Face) -> Option<(Vec<Run>, usize)> {
    if !may_open(rest, marker) {
        return None;
    }
    let (already, inner) = match marker {
        '*' => (face.bold, face.bold()),
        '_' => (face.italic, face.italic()),
        _ => (face.strike, face.strike()),
    };
    if already {
        return None;
    }
    let inside = &rest[1..];
    let closes = |(at, _): &(usize, &str)| {
        let before = inside[..*at].chars().next_back();
        let after = inside[at + 1..].chars().next();
        before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric())
    };
    let (end, _) = inside.match_indices(marker).find(closes)?;
    let mut runs = Vec::new();
    inline(&inside[..end], inner, &mut runs);
    Some((runs, end + 2))
}

/// `<…>`: a link, somebody or everybody mentioned, a date.
fn special(rest: &str, face: Face) -> Option<(Vec<Run>, usize)> {
    let end = rest
        .find(['>', '\n'])
        .filter(|end| rest[*end..].starts_with('>'))?;
    let inside = &rest[1..end];
    let (target, label) = match inside.split_once('|') {
        Some((target, label)) => (target, Some(label).filter(|label| !label.is_empty())),
        None => (inside, None),
    };
    let named = |sigil: char, id: &str| {
        let name = label.unwrap_or(id);
        format!("{sigil}{}", unescape(name.trim_start_matches(sigil)))
    };
    let run = match target.chars().next()? {
        '@' => Run::faced(named('@', &target[1..]), face.link()),
        '#' => Run::faced(named('#', &target[1..]), face.link()),
        '!' => match target[1..].split('^').collect::<Vec<_>>()[..] {
            ["date", ..] => Run::faced(unescape(label.unwrap_or(target)), face),
            ["subteam", id, ..] => Run::faced(named('@', id), face.link()),
            [word, ..] => Run::faced(named('@', word), face.link()),
            [] => return None,
        },
        _ => {
            let href = unescape(target);
            let text = label.map_or_else(String::new, unescape);
            Run::faced(text, face.link()).to(Some(&href))
        }
    };
    Some((vec![run], end + 1))
}

/// Undoes the three escapes, each once.
fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let mut out = String::new();
        for para in mrkdwn(text) {
            out.push_str(&format!("{:?}:", para.kind));
            for run in para.runs {
                let face = run.face;
                let marks = [
                    (face.bold, 'b'),
                    (face.italic, 'i'),
                    (face.strike, 's'),
                    (face.code, 'c'),
                    (face.link, 'l'),
                ];
                let marks = marks.iter().filter(|(on, _)| *on).map(|(_, mark)| mark);
                let marks: String = marks.collect();
                let href = run.href.map_or_else(String::new, |href| format!("→{href}"));
                out.push_str(&format!(" {marks}{:?}{href}", run.text));
            }
            out.push('\n');
        }
        out
    }

    #[test]
    fn markers_style_words_and_nest() {
        insta::assert_snapshot!(show("*bold* _it_ ~no~ `a*b*` *_both_*"), @r#"Text: b"bold" " " i"it" " " s"no" " " c"a*b*" " " bi"both""#);
    }

    #[test]
    fn markers_inside_words_and_without_an_end_are_text() {
        insta::assert_snapshot!(show("snake_case_name 2*3*4 * a * *open"), @r#"Text: "snake_case_name 2*3*4 * a * *open""#);
    }

    #[test]
    fn angle_brackets_are_links_and_mentions() {
        insta::assert_snapshot!(
            show("<https://x.io/?a=1&amp;b=2|the *run*> <https://y.io> <@U1|ann> <@U2> <#C1|ops> <!here> <!subteam^S1|@team> <!date^1^{date}|May>"),
            @r##"Text: l"the *run*"→https://x.io/?a=1&b=2 " " l"https://y.io"→https://y.io " " l"@ann" " " l"@U2" " " l"#ops" " " l"@here" " " l"@team" " " "May""##
        );
    }

    #[test]
    fn quotes_and_fences_are_paragraphs() {
        insta::assert_snapshot!(show("a\n&gt; b &amp;amp;\n> c\n```\nlet x = 1 &lt; 2;\n```\nd ``` e"), @r#"
        Text: "a"
        Quote: "b &amp;" "\n" "c"
        Verbatim: c"let x = 1 < 2;"
        Text: "d ``` e"
        "#);
    }
}
