//! `-o jsonpath=EXPR`: looks things up in the report.
//!
//! `jsonpath_lib` does the looking up, behind a grammar of our own: it panics on some inputs, overflows the
//! stack on others, and finds nothing, silently, for a few more. What passes here is what it answers as
//! RFC 9535 says: `$`, `.name`, `['name']`, `[0]`, `[-1]`, `*`, `..name`, and one filter that compares a name with
//! a literal.

use std::{fmt::Write as _, panic::catch_unwind};

use serde_json::Value;

/// The longest path taken.
const MAX_LENGTH: usize = 512;
/// The most parts of a path.
const MAX_PARTS: usize = 64;

/// Why a path is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PathError {
    /// Out of the grammar.
    #[error("character {at} of `{path}`: {why}")]
    Syntax {
        /// The path.
        path: String,
        /// Where, counting characters from 1.
        at: usize,
        /// What is wrong.
        why: &'static str,
    },
    /// Over a bound.
    #[error("the path has more than {MAX_LENGTH} bytes or {MAX_PARTS} parts")]
    TooLong,
}

/// A path, part by part: the library answers rightly when each part meets a value of the shape it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JsonPath(Vec<Part>);

/// One part of a path, as a path of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    shape: Shape,
    path: String,
}

/// The shape of value that a part is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A list that has this element; the library makes one up otherwise.
    Element(i32),
    List,
    Object,
    Any,
}

// === impl JsonPath ===

impl JsonPath {
    /// Reads `$.…`, or kubectl's `{.…}` and `.…`.
    pub(crate) fn parse(text: &str) -> Result<Self, PathError> {
        if text.len() > MAX_LENGTH {
            return Err(PathError::TooLong);
        }
        let braces = text
            .strip_prefix('{')
            .and_then(|inner| inner.strip_suffix('}'));
        let inner = braces.unwrap_or(text);
        let skipped = usize::from(braces.is_some()) + usize::from(inner.starts_with('$'));
        let mut reader = Reader {
            path: text,
            rest: inner.strip_prefix('$').unwrap_or(inner),
            at: skipped,
        };
        let mut parts = Vec::new();
        while !reader.rest.is_empty() {
            if parts.len() == MAX_PARTS {
                return Err(PathError::TooLong);
            }
            parts.push(reader.part()?);
        }
        Ok(Self(parts))
    }

    /// The values it finds, in the report's order.
    pub(crate) fn find<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        self.0.iter().fold(vec![value], |found, part| {
            found
                .into_iter()
                .flat_map(|value| part.find(value))
                .collect()
        })
    }
}

// === impl Part ===

impl Part {
    fn new(shape: Shape, selector: &str) -> Self {
        let path = format!("${selector}");
        Self { shape, path }
    }

    fn find<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        let fits = match self.shape {
            Shape::Element(index) => value.as_array().is_some_and(|list| has(list, index)),
            Shape::List => value.is_array(),
            Shape::Object => value.is_object(),
            Shape::Any => value.is_array() || value.is_object(),
        };
        if !fits {
            return Vec::new();
        }
        // The grammar keeps the library's panics out; this is the second wall.
        let found = catch_unwind(|| jsonpath_lib::select(value, &self.path).unwrap_or_default());
        found.unwrap_or_default()
    }
}

/// True when a list has an element of that index, counted from its end when negative.
fn has(list: &[Value], index: i32) -> bool {
    let at = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
    if index < 0 {
        at <= list.len()
    } else {
        at < list.len()
    }
}

/// What a path found, a value a line, scalars bare.
pub(crate) fn lines(found: &[&Value]) -> String {
    found.iter().fold(String::new(), |mut out, value| {
        match value {
            Value::String(text) => out.push_str(text),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_) => {
                write!(out, "{value}").expect("a string takes all text");
            }
        }
        out.push('\n');
        out
    })
}

struct Reader<'a> {
    path: &'a str,
    rest: &'a str,
    at: usize,
}

// === impl Reader ===

impl<'a> Reader<'a> {
    fn part(&mut self) -> Result<Part, PathError> {
        if self.eat("..") {
            let name = self.name()?;
            // After `..` the library takes a bare name only, and reads it right only in ASCII.
            if !name.is_ascii() {
                return Err(self.error("a name after `..` must be ASCII"));
            }
            return Ok(Part::new(Shape::Any, &format!("..{name}")));
        }
        if self.eat(".") {
            if self.eat("*") {
                return Ok(Part::new(Shape::Any, ".*"));
            }
            let name = self.name()?;
            return Ok(Part::new(Shape::Object, &format!("['{name}']")));
        }
        if self.eat("[?(@.") {
            return self.filter();
        }
        if !self.eat("[") {
            return Err(self.error("expected `.name` or `[`"));
        }
        let part = if self.eat("*") {
            Part::new(Shape::Any, "[*]")
        } else if let Some(quote) = self.rest.chars().next().filter(|c| matches!(c, '\'' | '"')) {
            let name = self.quoted(quote)?;
            Part::new(Shape::Object, &format!("['{name}']"))
        } else {
            let index = self.integer()?;
            Part::new(Shape::Element(index), &format!("[{index}]"))
        };
        self.expect("]")?;
        Ok(part)
    }

    /// `[?(@.name == literal)]`
    fn filter(&mut self) -> Result<Part, PathError> {
        let name = self.name()?;
        if !name.is_ascii() {
            return Err(self.error("a name in a filter must be ASCII"));
        }
        self.blanks();
        let operators = ["==", "!=", "<=", ">=", "<", ">"];
        let Some(operator) = operators.into_iter().find(|operator| self.eat(operator)) else {
            return Err(self.error("expected a comparison"));
        };
        self.blanks();
        let literal = match self.rest.chars().next() {
            Some(quote @ ('\'' | '"')) => format!("'{}'", self.quoted(quote)?),
            Some('t') if self.eat("true") => "true".to_owned(),
            Some('f') if self.eat("false") => "false".to_owned(),
            Some(_) | None => self.integer()?.to_string(),
        };
        self.blanks();
        self.expect(")]")?;
        Ok(Part::new(
            Shape::List,
            &format!("[?(@.{name} {operator} {literal})]"),
        ))
    }

    fn name(&mut self) -> Result<&'a str, PathError> {
        let taken = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let end = self.rest.find(|c| !taken(c)).unwrap_or(self.rest.len());
        if end == 0 {
            return Err(self.error("expected a name"));
        }
        Ok(self.take(end))
    }

    fn quoted(&mut self, quote: char) -> Result<&'a str, PathError> {
        self.take(quote.len_utf8());
        let Some(end) = self.rest.find(quote) else {
            return Err(self.error("the quote does not end"));
        };
        if self.rest[..end].contains(['\\', '\'', '"']) {
            return Err(self.error("a quoted name cannot hold quotes or backslashes"));
        }
        let name = self.take(end);
        self.take(quote.len_utf8());
        Ok(name)
    }

    fn integer(&mut self) -> Result<i32, PathError> {
        let digits = self.rest.strip_prefix('-').unwrap_or(self.rest);
        let sign = self.rest.len() - digits.len();
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        let text = &self.rest[..sign + end];
        let Ok(number) = text.parse() else {
            return Err(self.error("expected a name in quotes, a whole number or `*`"));
        };
        self.take(sign + end);
        Ok(number)
    }

    fn blanks(&mut self) {
        self.take(self.rest.len() - self.rest.trim_start().len());
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest.starts_with(token);
        if found {
            self.take(token.len());
        }
        found
    }

    fn expect(&mut self, token: &'static str) -> Result<(), PathError> {
        if self.eat(token) {
            return Ok(());
        }
        Err(self.error(if token == "]" {
            "expected `]`"
        } else {
            "expected `)]`"
        }))
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.at += taken.chars().count();
        self.rest = rest;
        taken
    }

    fn error(&self, why: &'static str) -> PathError {
        PathError::Syntax {
            path: self.path.to_owned(),
            at: self.at + 1,
            why,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn found(path: &str, value: &Value) -> String {
        let path = JsonPath::parse(path).expect("a good path");
        lines(&path.find(value))
    }

    #[test]
    fn kubectl_and_dollar_forms_find_the_same() {
        let report = json!({"steps": [{"name": "a", "phase": "failed"}, {"name": "b-c"}]});
        assert_eq!(found("{.steps[0].phase}", &report), "failed\n");
        assert_eq!(found("$.steps[0].phase", &report), "failed\n");
        assert_eq!(found(".steps[*].name", &report), "a\nb-c\n");
        assert_eq!(found("$.steps[?(@.name == 'b-c')].name", &report), "b-c\n");
        assert_eq!(found("$..phase", &report), "failed\n");
        assert_eq!(found("$.steps[-1]", &report), "{\"name\":\"b-c\"}\n");
    }

    #[test]
    fn no_match_is_empty() {
        assert_eq!(found("$.nothing", &json!({"a": 1})), "");
    }

    #[test]
    fn what_makes_the_library_panic_is_refused() {
        for path in [
            "$[?($.x > 1)]",
            "$[::0]",
            "$[0:-1:0]",
            "$[-99999999999]",
            "$.a[",
            "$.",
            "$x",
            "{.a",
        ] {
            assert!(JsonPath::parse(path).is_err(), "{path}");
        }
        assert_eq!(
            JsonPath::parse(&".a".repeat(10_000)),
            Err(PathError::TooLong)
        );
        assert_eq!(JsonPath::parse(&".a".repeat(65)), Err(PathError::TooLong));
    }

    fn tree() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i32>().prop_map(Value::from),
            "[a-c]".prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::btree_map("[a-d]", inner, 0..3)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    /// A report is an object.
    fn report() -> impl Strategy<Value = Value> {
        prop::collection::btree_map("[a-d]", tree(), 0..4)
            .prop_map(|map| Value::Object(map.into_iter().collect()))
    }

    fn path() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            "\\.[a-d]",
            "\\[[0-2]\\]",
            "\\[-[1-2]\\]",
            "\\['[a-d]'\\]",
            Just("[*]".to_owned()),
        ];
        prop::collection::vec(part, 0..4).prop_map(|parts| format!("${}", parts.concat()))
    }

    proptest! {
        #[test]
        fn answers_as_rfc_9535_says(value in report(), path in path()) {
            let ours = JsonPath::parse(&path).expect("in the grammar");
            let theirs = serde_json_path::JsonPath::parse(&path).expect("RFC 9535");
            let theirs: Vec<&Value> = theirs.query(&value).all();
            prop_assert_eq!(ours.find(&value), theirs, "{}", path);
        }

        #[test]
        fn no_text_panics(path in ".{0,40}", value in tree()) {
            if let Ok(path) = JsonPath::parse(&path) {
                let _found = path.find(&value);
            }
        }
    }
}
