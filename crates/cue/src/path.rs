//! Paths to what is inside a value, as CUE writes them.

use std::{fmt, str::FromStr};

use ecow::EcoString;

/// The way from a value to something inside it: `spec.containers[0]."my-name".#meta._hidden`.
///
/// It is read from text, or made of [`Selector`]s when names come from elsewhere and must not be read as syntax.
/// The empty path leads to the value itself.
///
/// ```
/// use burgee_cue::{Path, Selector};
///
/// let path: Path = r#"spec.containers[0]."my-name""#.parse().expect("a path");
/// let [spec, containers, first, name] = path.selectors() else { panic!("four steps") };
/// assert_eq!((spec, first), (&Selector::field("spec"), &Selector::Index(0)));
/// assert_eq!(path.to_string(), r#"spec.containers[0]."my-name""#);
///
/// let made: Path = [Selector::field("spec"), Selector::field("a.b")].into_iter().collect();
/// assert_eq!(made.to_string(), r#"spec."a.b""#);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Path {
    selectors: Vec<Selector>,
}

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Selector {
    /// An ordinary field, by its name as it is: `"#x"` in quotes is one too.
    Field(EcoString),
    /// A definition, with its `#`: `#Port`, `_#Port`.
    Definition(EcoString),
    /// A hidden field, with its `_`.
    Hidden(EcoString),
    /// An item of a list, counted from 0.
    Index(usize),
}

/// Why a text is no [`Path`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// What is wrong.
    pub reason: PathProblem,
    /// Where in the text, in bytes from its start.
    pub at: usize,
}

/// What can be wrong with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathProblem {
    /// A name is missing: before or after a dot, or between two.
    NoName,
    /// A character that no name has; in quotes it can be part of one.
    Character(char),
    /// A string without its closing quote.
    OpenString,
    /// An escape that strings do not have.
    Escape,
    /// A bracket without the other one.
    OpenBracket,
    /// What stands in brackets is neither an index nor a string.
    Index,
    /// `_`: nothing has that name.
    Blank,
}

// === impl Path ===

impl Path {
    /// The steps, outermost first.
    #[must_use]
    pub fn selectors(&self) -> &[Selector] {
        &self.selectors
    }

    /// True for the path to the value itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.selectors.is_empty()
    }

    /// Goes one step further.
    pub fn push(&mut self, selector: Selector) {
        self.selectors.push(selector);
    }
}

impl FromIterator<Selector> for Path {
    fn from_iter<I: IntoIterator<Item = Selector>>(selectors: I) -> Self {
        Self {
            selectors: selectors.into_iter().collect(),
        }
    }
}

impl FromStr for Path {
    type Err = PathError;

    /// Reads a path; an index may also follow a dot, `a.0`.
    ///
    /// ```
    /// use burgee_cue::{Path, PathProblem};
    ///
    /// let wrong = "a..b".parse::<Path>().expect_err("a name is missing");
    /// assert_eq!((wrong.reason, wrong.at), (PathProblem::NoName, 2));
    /// assert_eq!(wrong.to_string(), "a name is missing (at byte 2)");
    /// ```
    fn from_str(text: &str) -> Result<Self, PathError> {
        let mut reader = Reader { text, at: 0 };
        let mut selectors = Vec::new();
        while let Some(next) = reader.peek() {
            let selector = match next {
                '[' => reader.bracketed()?,
                '.' if !selectors.is_empty() => {
                    reader.at += 1;
                    reader.named()?
                }
                _ if selectors.is_empty() => reader.named()?,
                other => return Err(reader.wrong(PathProblem::Character(other))),
            };
            selectors.push(selector);
        }
        Ok(Self { selectors })
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, selector) in self.selectors.iter().enumerate() {
            if position > 0 && !matches!(selector, Selector::Index(_)) {
                f.write_str(".")?;
            }
            fmt::Display::fmt(selector, f)?;
        }
        Ok(())
    }
}

// === impl Selector ===

impl Selector {
    /// An ordinary field.
    pub fn field(name: impl Into<EcoString>) -> Self {
        Self::Field(name.into())
    }

    /// What a name without quotes stands for: `#x` for a definition, `_x` for a hidden field.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name.as_bytes() {
            [b'#', ..] | [b'_', b'#', ..] => Self::Definition(name.into()),
            [b'_', ..] => Self::Hidden(name.into()),
            _ => Self::Field(name.into()),
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) if is_plain(name) => f.write_str(name),
            Self::Field(name) => {
                let mut quoted = String::new();
                crate::value::write_string(name, &mut quoted);
                f.write_str(&quoted)
            }
            Self::Definition(name) | Self::Hidden(name) => f.write_str(name),
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '#')
}

/// True for names that need no quotes to be ordinary fields.
fn is_plain(name: &str) -> bool {
    let first = name.chars().next();
    let begins = first.is_some_and(|c| c.is_alphabetic() || c == '$');
    begins && name.chars().all(|c| c != '#' && is_name(c))
}

// === impl PathError ===

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.reason, self.at)
    }
}

impl std::error::Error for PathError {}

impl fmt::Display for PathProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName => f.write_str("a name is missing"),
            Self::Character(c) => write!(f, "{c:?} cannot be part of a name without quotes"),
            Self::OpenString => f.write_str("the string has no closing quote"),
            Self::Escape => f.write_str("strings have no such escape"),
            Self::OpenBracket => f.write_str("the other bracket is missing"),
            Self::Index => f.write_str("brackets hold an index or a string"),
            Self::Blank => f.write_str("`_` cannot be the name of a field"),
        }
    }
}

/// Reads the text of a path.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

// === impl Reader ===

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn wrong(&self, reason: PathProblem) -> PathError {
        PathError {
            reason,
            at: self.at,
        }
    }

    /// A name, a string or a bare index.
    fn named(&mut self) -> Result<Selector, PathError> {
        let rest = self.rest();
        if rest.starts_with('"') {
            return self.string().map(Selector::Field);
        }
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let name = &rest[..end];
        if name.is_empty() {
            let reason = match self.peek() {
                None | Some('.' | '[') => PathProblem::NoName,
                Some(other) => PathProblem::Character(other),
            };
            return Err(self.wrong(reason));
        }
        if name == "_" {
            return Err(self.wrong(PathProblem::Blank));
        }
        let selector = match name.starts_with(|c: char| c.is_numeric()) {
            true => {
                let index = name.parse().map_err(|_| self.wrong(PathProblem::Index))?;
                Selector::Index(index)
            }
            // `#` only begins a name.
            false => match name.trim_start_matches(['_', '#']).find('#') {
                None => Selector::named(name),
                Some(_) => return Err(self.wrong(PathProblem::Character('#'))),
            },
        };
        self.at += end;
        Ok(selector)
    }

    /// `[0]` or `["name"]`.
    fn bracketed(&mut self) -> Result<Selector, PathError> {
        let open = self.at;
        self.at += 1;
        let selector = match self.peek() {
            Some('"') => Selector::Field(self.string()?),
            _ => {
                let rest = self.rest();
                let end = rest
                    .find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(rest.len());
                let digits = &rest[..end];
                let index = digits.parse().map_err(|_| self.wrong(PathProblem::Index))?;
                self.at += end;
                Selector::Index(index)
            }
        };
        match self.peek() {
            Some(']') => {
                self.at += 1;
                Ok(selector)
            }
            Some(_) | None => Err(PathError {
                reason: PathProblem::OpenBracket,
                at: open,
            }),
        }
    }

    fn string(&mut self) -> Result<EcoString, PathError> {
        let open = self.at;
        self.at += 1;
        let mut name = EcoString::new();
        loop {
            let next = self.peek().filter(|c| *c != '\n').ok_or(PathError {
                reason: PathProblem::OpenString,
                at: open,
            })?;
            match next {
                '"' => {
                    self.at += 1;
                    return Ok(name);
                }
                '\\' => name.push(self.escape()?),
                other => {
                    self.at += other.len_utf8();
                    name.push(other);
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, PathError> {
        let wrong = self.wrong(PathProblem::Escape);
        let mut rest = self.rest().chars().skip(1);
        let kind = rest.next().ok_or(wrong.clone())?;
        let plain = match kind {
            '"' | '\\' | '/' => kind,
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            'u' | 'U' => {
                let length = if kind == 'u' { 4 } else { 8 };
                let digits: String = rest.take(length).collect();
                let whole =
                    digits.len() == length && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
                let code = u32::from_str_radix(&digits, 16).ok().filter(|_| whole);
                let c = code.and_then(char::from_u32).ok_or(wrong)?;
                self.at += 2 + length;
                return Ok(c);
            }
            _ => return Err(wrong),
        };
        self.at += 1 + kind.len_utf8();
        Ok(plain)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn problems_say_where_and_why() {
        let problem = |text: &str| text.parse::<Path>().expect_err(text);
        for (text, reason, at) in [
            (".a", PathProblem::NoName, 0),
            ("a.", PathProblem::NoName, 2),
            ("a b", PathProblem::Character(' '), 1),
            ("a-b", PathProblem::Character('-'), 1),
            ("a.\"b", PathProblem::OpenString, 2),
            (r#""\q""#, PathProblem::Escape, 1),
            (r#""\ud800""#, PathProblem::Escape, 1),
            ("a[1", PathProblem::OpenBracket, 1),
            ("a[x]", PathProblem::Index, 2),
            ("a[-1]", PathProblem::Index, 2),
            ("a[99999999999999999999]", PathProblem::Index, 2),
            ("a._", PathProblem::Blank, 2),
            ("a#b", PathProblem::Character('#'), 0),
            ("a[0]b", PathProblem::Character('b'), 4),
        ] {
            let problem = problem(text);
            assert_eq!((problem.reason, problem.at), (reason, at), "{text}");
        }
    }

    #[test]
    fn quotes_make_an_ordinary_field_of_any_name() {
        let path: Path = r##"#a."#a"._b."_b"["c d"].0"##.parse().expect("a path");
        let steps = [
            Selector::Definition("#a".into()),
            Selector::field("#a"),
            Selector::Hidden("_b".into()),
            Selector::field("_b"),
            Selector::field("c d"),
            Selector::Index(0),
        ];
        assert_eq!(path.selectors(), steps);
        assert_eq!(path.to_string(), r##"#a."#a"._b."_b"."c d"[0]"##);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(names in prop::collection::vec(".*", 1..4), index: usize) {
            let fields = names.into_iter().map(Selector::field);
            let path: Path = fields.chain([Selector::Index(index)]).collect();
            prop_assert_eq!(path.to_string().parse(), Ok(path));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            if let Ok(path) = text.parse::<Path>() {
                prop_assert_eq!(path.to_string().parse(), Ok(path));
            }
        }
    }
}
