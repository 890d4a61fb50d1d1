//! A message as a small card for the terminal.
//!
//! The frame is open to the right: what a reader copies, or a script looks for, is the text and nothing else.

use anstyle::{AnsiColor, Color, Effects, RgbColor};
use burgee_source::Lang;
use jiff::tz::TimeZone;

use crate::{
    Received,
    clean::clean,
    view::{Bar, Face, Kind, Para, Run, view},
    words,
    wrap::{Piece, columns, wrap},
};

/// Narrower than this nothing is readable.
const MIN_WIDTH: usize = 20;

/// Wider than this nobody reads.
const MAX_WIDTH: usize = 500;

/// How a card looks.
#[derive(Debug, Clone)]
pub struct Style {
    /// Columns to use, the frame included.
    pub width: usize,
    /// Colours and faces by terminal escapes.
    pub colour: bool,
    /// The language of the words around the message.
    pub lang: Lang,
    /// The zone in which times are shown.
    pub zone: TimeZone,
}

/// A card while it is drawn.
struct Card {
    width: usize,
    colour: bool,
    out: String,
}

/// Draws a message the way its reader would see it, in a frame that says who got it, when, and whether it was
/// taken; a refused one says what the service answered. Ends with a line break.
///
/// The message's own text ends its line: nothing is drawn to the right of it.
#[must_use]
pub fn render(received: &Received, style: &Style) -> String {
    let mut card = Card {
        width: style.width.clamp(MIN_WIDTH, MAX_WIDTH),
        colour: style.colour,
        out: String::new(),
    };
    card.head(received, style);
    for para in view(received, style.lang) {
        card.para(&para);
    }
    if !received.accepted {
        card.answer(received, style.lang);
    }
    card.foot();
    card.out
}

// === impl Style ===

impl Default for Style {
    fn default() -> Self {
        Self {
            width: 80,
            colour: false,
            lang: Lang::En,
            zone: TimeZone::UTC,
        }
    }
}

// === impl Card ===

impl Card {
    /// `╭─ Slack #1 · 2023-11-14 22:13:20 · accepted ────`
    fn head(&mut self, received: &Received, style: &Style) {
        let service = received.service.title();
        let at = received.at.to_zoned(style.zone.clone());
        let (verdict, colour) = if received.accepted {
            (words::ACCEPTED, AnsiColor::Green)
        } else {
            (words::REFUSED, AnsiColor::Red)
        };
        let verdict = verdict.template(style.lang);
        let title = format!("{service} #{}", received.number);
        let used = |at: &str| columns(&format!("╭─ {title} · {at} · {verdict}"));
        let mut at = at.strftime("%Y-%m-%d %H:%M:%S").to_string();
        if used(&at) > self.width {
            // The time of day is what a narrow card keeps.
            at.replace_range(..at.find(' ').map_or(0, |space| space + 1), "");
        }
        let left = self.width.saturating_sub(used(&at));
        self.frame("╭─ ");
        self.styled(&title, bold());
        self.frame(&format!(" · {at} · "));
        self.styled(verdict, bold().fg_color(Some(colour.into())));
        if left > 1 {
            self.frame(&format!(" {}", "─".repeat(left - 1)));
        }
        self.out.push('\n');
    }

    /// `├─ the answer: HTTP 400 invalid_blocks`, and the rule that was broken.
    fn answer(&mut self, received: &Received, lang: Lang) {
        let reply = &received.reply;
        let answer = words::ANSWER.template(lang);
        let reason = received.reason.as_ref();
        let reason = reason.map_or_else(String::new, |reason| reason.render(lang));
        let red = Color::from(AnsiColor::Red);
        let lines = [
            (
                "├─ ",
                format!("{answer}HTTP {} {}", reply.status, reply.body),
            ),
            ("│  ", reason),
        ];
        for (first, text) in lines {
            if text.is_empty() {
                continue;
            }
            let pieces = [(clean(&text), ())];
            for (index, line) in wrap(&pieces, self.width - 3).into_iter().enumerate() {
                self.frame(if index == 0 { first } else { "│  " });
                for (text, ()) in line {
                    self.styled(&text, anstyle::Style::new().fg_color(Some(red)));
                }
                self.out.push('\n');
            }
        }
    }

    fn foot(&mut self) {
        self.frame("╰");
        self.frame(&"─".repeat(self.width - 1));
        self.out.push('\n');
    }

    fn para(&mut self, para: &Para) {
        let bar = if para.bar.is_some() { "┃ " } else { "" };
        let (first, rest) = marks(&para.kind, self.width);
        let room = self.width - 2 - columns(bar);
        if para.kind == Kind::Rule {
            self.line_start(para.bar);
            self.frame(&"─".repeat(room));
            self.out.push('\n');
            return;
        }
        let pieces = pieces(para);
        let lines = wrap(&pieces, room.saturating_sub(columns(&first)));
        for (index, line) in lines.into_iter().enumerate() {
            self.line_start(para.bar);
            self.frame(if index == 0 { &first } else { &rest });
            for (text, face) in line {
                self.styled(&text, face_style(face));
            }
            // No spaces at the end of an empty line.
            let kept = self.out.trim_end_matches(' ').len();
            if self.out[..kept].ends_with('│') {
                self.out.truncate(kept);
            }
            self.out.push('\n');
        }
    }

    fn line_start(&mut self, bar: Option<Bar>) {
        self.frame("│ ");
        if let Some(Bar(red, green, blue)) = bar {
            let colour = RgbColor(red, green, blue);
            self.styled("┃ ", anstyle::Style::new().fg_color(Some(colour.into())));
        }
    }

    fn frame(&mut self, text: &str) {
        self.styled(text, anstyle::Style::new().dimmed());
    }

    fn styled(&mut self, text: &str, style: anstyle::Style) {
        if text.is_empty() {
            return;
        }
        if self.colour && style != anstyle::Style::new() {
            self.out.push_str(&format!("{style}{text}{style:#}"));
        } else {
            self.out.push_str(text);
        }
    }
}

/// What stands before the first line and before the others.
fn marks(kind: &Kind, width: usize) -> (String, String) {
    match kind {
        Kind::Text | Kind::Heading | Kind::Small | Kind::Rule | Kind::Buttons => {
            (String::new(), String::new())
        }
        Kind::Quote => ("▌ ".to_owned(), "▌ ".to_owned()),
        Kind::Verbatim => ("  ".to_owned(), "  ".to_owned()),
        Kind::Item(mark, depth) => {
            let indent = " ".repeat((2 * depth).min(width / 4));
            let first = format!("{indent}{mark} ");
            let rest = " ".repeat(columns(&first));
            (first, rest)
        }
    }
}

/// A paragraph's text in faces, its links written out.
fn pieces(para: &Para) -> Vec<Piece<Face>> {
    let mut pieces = Vec::new();
    for (index, run) in para.runs.iter().enumerate() {
        let (text, face) = match para.kind {
            Kind::Buttons => {
                if index > 0 {
                    pieces.push(("  ".to_owned(), Face::default()));
                }
                (format!("[{}]", run.text), run.face.bold())
            }
            Kind::Heading => (run.text.clone(), run.face.bold()),
            Kind::Small => (
                run.text.clone(),
                Face {
                    faint: true,
                    ..run.face
                },
            ),
            Kind::Text | Kind::Quote | Kind::Verbatim | Kind::Item(_, _) | Kind::Rule => {
                (run.text.clone(), run.face)
            }
        };
        pieces.push((clean(&text), face));
        pieces.extend(target(run));
    }
    pieces
}

/// ` (url)` behind a link's label, unless the label is the address.
fn target(run: &Run) -> Option<Piece<Face>> {
    let href = run.href.as_deref()?;
    let faint = Face {
        faint: true,
        ..Face::default()
    };
    (href != run.text).then(|| (clean(&format!(" ({href})")), faint))
}

fn bold() -> anstyle::Style {
    anstyle::Style::new().bold()
}

fn face_style(face: Face) -> anstyle::Style {
    let faces = [
        (face.bold, Effects::BOLD),
        (face.italic, Effects::ITALIC),
        (face.strike, Effects::STRIKETHROUGH),
        (face.faint, Effects::DIMMED),
    ];
    let on = faces.into_iter().filter(|(on, _)| *on);
    let effects = on.fold(Effects::new(), |all, (_, effect)| all | effect);
    let colour = match (face.code, face.link) {
        (true, _) => Some(AnsiColor::Magenta.into()),
        (false, true) => Some(AnsiColor::Cyan.into()),
        (false, false) => None,
    };
    anstyle::Style::new().effects(effects).fg_color(colour)
}
