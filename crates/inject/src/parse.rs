//! Reads a path from text.
//!
//! The grammar is the part of CUE's paths that `parameterKey` uses: keys joined by dots, `[n]`, `["key"]`
//! and `."key"`. Keys without quotes may hold dashes and digits, which CUE would refuse.

use std::ops::Range;

use burgee_source::{Diagnostic, Rule, Severity, Span, Text};

use crate::{MAX_INDEX, MAX_SEGMENTS, Path, Segment, path::is_bare_char};

/// A text that is no path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a path: {problem}")]
pub struct PathError {
    /// The text.
    pub text: String,
    /// The bytes of it that are wrong.
    pub range: Range<usize>,
    /// What is wrong with them.
    pub problem: PathProblem,
}

/// What may be wrong with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathProblem {
    /// Nothing at all.
    #[error("it is empty")]
    Empty,
    /// Nothing between two dots, or before or after one.
    #[error("a key is missing beside the dot")]
    EmptyKey,
    /// A `[` without `]`.
    #[error("the `[` has no `]`")]
    OpenBracket,
    /// A `"` without its twin.
    #[error("the quote is not closed")]
    OpenQuote,
    /// Between `[` and `]` is neither a number nor a quoted key.
    #[error("between `[` and `]` goes a number or a quoted key")]
    BadIndex,
    /// An index beyond [`MAX_INDEX`].
    #[error("an index may be at most {MAX_INDEX}")]
    IndexTooLarge,
    /// A backslash before something that needs none.
    #[error("this escape does not exist")]
    BadEscape,
    /// A character that cannot stand here.
    #[error("this character cannot stand here")]
    Unexpected,
    /// More than [`MAX_SEGMENTS`] parts.
    #[error("a path may have at most {MAX_SEGMENTS} parts")]
    TooLong,
}

/// A `parameterKey` or `--set` path that cannot be read.
pub static BAD_PATH: Rule = Rule {
    code: "path/malformed",
    severity: Severity::Error,
    message: Text::new("`{path}` is not a path", "`{path}` 不是有效的路径"),
};

struct Reader<'a> {
    text: &'a str,
    at: usize,
    segments: Vec<Segment>,
}

type Problem = (Range<usize>, PathProblem);

// === impl Path ===

impl Path {
    /// Reads a path. White space around it does not count.
    ///
    /// ```
    /// # use burgee_inject::{Path, Segment};
    /// let path = Path::parse(r#"containers[0].env["MY.KEY"]"#)?;
    /// assert_eq!(path.segments()[1], Segment::Index(0));
    /// assert_eq!(path.segments()[3], Segment::Key("MY.KEY".into()));
    /// # Ok::<(), burgee_inject::PathError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the text is no path; the error says where and why.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let end = text.trim_end().len();
        let mut reader = Reader {
            text: &text[..end],
            at: end - text[..end].trim_start().len(),
            segments: Vec::new(),
        };
        match reader.path() {
            Ok(()) => Ok(Self::from_segments(reader.segments)),
            Err((range, problem)) => Err(PathError {
                text: text.to_owned(),
                range,
                problem,
            }),
        }
    }
}

// === impl Reader ===

impl Reader<'_> {
    fn path(&mut self) -> Result<(), Problem> {
        if self.rest().is_empty() {
            return Err((0..self.text.len(), PathProblem::Empty));
        }
        if self.rest().starts_with('[') {
            self.bracket()?;
        } else {
            self.key()?;
        }
        while let Some(next) = self.rest().chars().next() {
            if self.segments.len() >= MAX_SEGMENTS {
                return Err((self.at..self.text.len(), PathProblem::TooLong));
            }
            match next {
                '.' => {
                    self.at += 1;
                    self.key()?;
                }
                '[' => self.bracket()?,
                _ => return Err((self.at..self.at + next.len_utf8(), PathProblem::Unexpected)),
            }
        }
        Ok(())
    }

    /// A key, with or without quotes.
    fn key(&mut self) -> Result<(), Problem> {
        if self.rest().starts_with('"') {
            let key = self.quoted()?;
            self.segments.push(Segment::Key(key));
            return Ok(());
        }
        let rest = self.rest();
        let length = rest.find(|c| !is_bare_char(c)).unwrap_or(rest.len());
        if length == 0 {
            // The dot before, or the character that stands in the key's place.
            let dot = self.text[..self.at].ends_with('.');
            let start = if dot { self.at - 1 } else { self.at };
            let next = rest.chars().next().map_or(0, char::len_utf8);
            return Err((start..self.at + next, PathProblem::EmptyKey));
        }
        self.segments.push(Segment::Key(rest[..length].to_owned()));
        self.at += length;
        Ok(())
    }

    /// `[n]` or `["key"]`.
    fn bracket(&mut self) -> Result<(), Problem> {
        let open = self.at;
        self.at += 1;
        let segment = if self.rest().starts_with('"') {
            Segment::Key(self.quoted()?)
        } else {
            self.index(open)?
        };
        if !self.rest().starts_with(']') {
            return Err((open..self.at, PathProblem::OpenBracket));
        }
        self.at += 1;
        self.segments.push(segment);
        Ok(())
    }

    fn index(&mut self, open: usize) -> Result<Segment, Problem> {
        let Some(length) = self.rest().find(']') else {
            return Err((open..self.text.len(), PathProblem::OpenBracket));
        };
        let digits = &self.rest()[..length];
        let range = open..self.at + length + 1;
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err((range, PathProblem::BadIndex));
        }
        let index = digits.parse().ok().filter(|index| *index <= MAX_INDEX);
        self.at += length;
        Ok(Segment::Index(
            index.ok_or((range, PathProblem::IndexTooLarge))?,
        ))
    }

    /// A key in quotes, with JSON's escapes.
    fn quoted(&mut self) -> Result<String, Problem> {
        let open = self.at;
        self.at += 1;
        let mut key = String::new();
        while let Some(c) = self.next() {
            match c {
                '"' => return Ok(key),
                '\\' => key.push(self.escape()?),
                c => key.push(c),
            }
        }
        Err((open..self.at, PathProblem::OpenQuote))
    }

    fn escape(&mut self) -> Result<char, Problem> {
        let start = self.at - 1;
        let c = match self.next() {
            Some(c @ ('"' | '\\' | '/')) => Some(c),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('u') => self.code_point(),
            Some(_) | None => None,
        };
        c.ok_or((start..self.at, PathProblem::BadEscape))
    }

    fn code_point(&mut self) -> Option<char> {
        let digits = self.rest().get(..4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
        self.at += 4;
        Some(c)
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest().chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }
}

// === impl PathError ===

impl PathError {
    /// The error as a problem at the place where the path was written.
    #[must_use]
    pub fn diagnostic(&self, written: Span) -> Diagnostic {
        Diagnostic::new(&BAD_PATH)
            .arg("path", &self.text)
            .arg("max_index", MAX_INDEX)
            .arg("max_parts", MAX_SEGMENTS)
            .at_noted(self.place(written), self.problem.note())
            .hint(self.problem.way_out())
    }

    /// The wrong bytes, when the text stands letter for letter in `written`; else all of it.
    fn place(&self, written: Span) -> Span {
        // What a reader may have taken off in front: a quote, or the `properties.` of old manuals.
        const TAKEN_OFF: [(usize, usize); 4] = [(0, 0), (1, 2), (11, 11), (12, 13)];
        let extra = written.range().len().checked_sub(self.text.len());
        let shift = TAKEN_OFF
            .iter()
            .find(|(_, both)| Some(*both) == extra)
            .map(|(front, _)| written.range().start + front);
        let Some(shift) = shift.filter(|_| written.is_some()) else {
            return written;
        };
        let offset = |at: usize| u32::try_from(shift + at).unwrap_or(u32::MAX);
        Span::new(
            written.source(),
            offset(self.range.start),
            offset(self.range.end),
        )
    }
}

// === impl PathProblem ===

impl PathProblem {
    const fn note(self) -> Text {
        match self {
            Self::Empty => Text::new("empty", "为空"),
            Self::EmptyKey => Text::new("a key is missing here", "此处缺少键名"),
            Self::OpenBracket => Text::new("this `[` has no `]`", "`[` 没有对应的 `]`"),
            Self::OpenQuote => Text::new("this quote is not closed", "引号没有闭合"),
            Self::BadIndex => Text::new(
                "neither a number nor a quoted key",
                "既不是数字，也不是带引号的键名",
            ),
            Self::IndexTooLarge => Text::new("larger than {max_index}", "大于 {max_index}"),
            Self::BadEscape => Text::new("no such escape", "没有这种转义"),
            Self::Unexpected => Text::new("cannot stand here", "不能出现在这里"),
            Self::TooLong => Text::new("more than {max_parts} parts", "超过 {max_parts} 段"),
        }
    }

    const fn way_out(self) -> Text {
        match self {
            Self::Empty => Text::new(
                "write where the value goes, such as `slack.message.text`; leave `parameterKey` out to \
                 use the value in `if` only",
                "请写明值的去向，例如 `slack.message.text`；如果只在 `if` 中使用该值，请省略 `parameterKey`",
            ),
            Self::EmptyKey => Text::new(
                "write one dot between two keys, and none before the first or after the last",
                "键名之间写一个点，开头和结尾不要写点",
            ),
            Self::OpenBracket | Self::BadIndex => Text::new(
                "write `list[0]` for an element and `object[\"key\"]` for a key",
                "列表元素写 `list[0]`，键名写 `object[\"key\"]`",
            ),
            Self::OpenQuote => Text::new("close it: `[\"key\"]`", "请闭合引号：`[\"key\"]`"),
            Self::IndexTooLarge => Text::new(
                "lists are counted from 0; longer lists are not built this way",
                "列表从 0 开始计数；不支持以这种方式构造更长的列表",
            ),
            Self::BadEscape => Text::new(
                "write `\\\\` for a backslash and `\\\"` for a quote",
                "反斜杠写作 `\\\\`，引号写作 `\\\"`",
            ),
            Self::Unexpected => Text::new(
                "put a key with blanks or signs into brackets and quotes: `object[\"my key\"]`",
                "含空格或特殊字符的键名请放进方括号和引号：`object[\"my key\"]`",
            ),
            Self::TooLong => Text::new("shorten it", "请缩短路径"),
        }
    }
}
