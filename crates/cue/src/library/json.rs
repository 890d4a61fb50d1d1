//! Package `encoding/json`. The reader is ours because digits must stay as they are written.

use ecow::EcoString;

use super::{
    Answer, Builtin, CallError, MAX_NESTING, Param as P, bytes, failed, function, items, meet,
    string, text, validator,
};
use crate::{
    Number, Value,
    value::{write_json, write_string},
};

const NAME: &str = "json";

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Marshal", &[P::Any], |a| {
        let mut out = String::new();
        write_json(&a[0], &mut out);
        string(out)
    }),
    function(NAME, "MarshalStream", &[P::List], |a| {
        let mut out = String::new();
        for item in items(a, 0) {
            write_json(item, &mut out);
            out.push('\n');
        }
        string(out)
    }),
    function(NAME, "Unmarshal", &[P::Text], |a| read(&utf8(a)?)),
    function(NAME, "UnmarshalStream", &[P::Text], |a| {
        Ok(Value::List(stream(&utf8(a)?)?.into()))
    }),
    validator(NAME, "Valid", &[P::Text], |a| {
        Ok(Value::Bool(
            utf8(a).and_then(|source| read(&source)).is_ok(),
        ))
    }),
    function(NAME, "Compact", &[P::Text], |a| {
        let source = utf8(a)?;
        read(&source)?;
        string(relayout(&source, None))
    }),
    function(NAME, "Indent", &[P::Text, P::String, P::String], |a| {
        let source = utf8(a)?;
        read(&source)?;
        string(relayout(&source, Some((text(a, 1), text(a, 2)))))
    }),
    function(NAME, "HTMLEscape", &[P::Text], |a| {
        let mut out = String::new();
        for c in utf8(a)?.chars() {
            match c {
                '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                    out.push_str(&format!("\\u{:04x}", u32::from(c)));
                }
                c => out.push(c),
            }
        }
        string(out)
    }),
];

fn utf8(arguments: &[Value]) -> Result<String, CallError> {
    let text = String::from_utf8(bytes(arguments, 0).to_vec());
    text.map_err(|_| failed("this is no UTF-8"))
}

/// Reads one JSON text, digits kept.
fn read(source: &str) -> Answer {
    let mut reader = Reader::new(source);
    let value = reader.value()?;
    match reader.at_end() {
        true => Ok(value),
        false => Err(reader.error()),
    }
}

fn stream(source: &str) -> Result<Vec<Value>, CallError> {
    let mut reader = Reader::new(source);
    let mut list = Vec::new();
    while !reader.at_end() {
        list.push(reader.value()?);
    }
    Ok(list)
}

/// Reads a JSON text, digits kept.
///
/// # Errors
///
/// Why it is none.
pub(crate) fn decode_json(text: &[u8]) -> Result<Value, String> {
    let text = std::str::from_utf8(text).map_err(|_| "this is no UTF-8".to_owned())?;
    read(text).map_err(CallError::into_reason)
}

/// Reads all values of a JSON text, one behind the other.
///
/// # Errors
///
/// Why it is none.
pub(crate) fn decode_json_stream(text: &[u8]) -> Result<Vec<Value>, String> {
    let text = std::str::from_utf8(text).map_err(|_| "this is no UTF-8".to_owned())?;
    stream(text).map_err(CallError::into_reason)
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
    depth: usize,
}

// === impl Reader ===

impl<'s> Reader<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            source,
            at: 0,
            depth: 0,
        }
    }

    fn error(&self) -> CallError {
        failed(format!("this is no JSON (at byte {})", self.at))
    }

    fn peek(&mut self) -> u8 {
        let bytes = self.source.as_bytes();
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied().unwrap_or(0)
    }

    fn at_end(&mut self) -> bool {
        self.peek();
        self.at == self.source.len()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == byte;
        self.at += usize::from(found);
        found
    }

    fn value(&mut self) -> Answer {
        match self.peek() {
            b'{' | b'[' if self.depth >= MAX_NESTING => Err(failed("it nests too deeply")),
            b'{' => {
                self.depth += 1;
                let value = self.object();
                self.depth -= 1;
                value
            }
            b'[' => {
                self.depth += 1;
                let value = self.array();
                self.depth -= 1;
                value
            }
            b'"' => Ok(Value::String(self.string()?)),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Answer {
        match self.source[self.at..].starts_with(word) {
            true => {
                self.at += word.len();
                Ok(value)
            }
            false => Err(self.error()),
        }
    }

    fn number(&mut self) -> Answer {
        let rest = &self.source[self.at..];
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let digits = &rest[..length];
        let number = burgee_source::Number::parse(digits).and_then(|_| Number::parse(digits));
        let number = number.ok_or_else(|| self.error())?;
        self.at += length;
        Ok(Value::Number(number))
    }

    fn string(&mut self) -> Result<EcoString, CallError> {
        let bytes = &self.source.as_bytes()[self.at..];
        let mut length = 1;
        while let Some(byte) = bytes.get(length) {
            match byte {
                b'"' => break,
                b'\\' => length += 2,
                _ => length += 1,
            }
        }
        let literal = self.source.get(self.at..self.at + length + 1);
        let decoded = literal.and_then(|literal| serde_json::from_str::<String>(literal).ok());
        let decoded = decoded.ok_or_else(|| self.error())?;
        self.at += length + 1;
        Ok(decoded.into())
    }

    fn array(&mut self) -> Answer {
        self.at += 1;
        let mut list = Vec::new();
        if self.eat(b']') {
            return Ok(Value::List(list.into()));
        }
        loop {
            list.push(self.value()?);
            if self.eat(b']') {
                return Ok(Value::List(list.into()));
            }
            if !self.eat(b',') {
                return Err(self.error());
            }
        }
    }

    fn object(&mut self) -> Answer {
        self.at += 1;
        let mut fields = indexmap::IndexMap::<EcoString, Value>::new();
        let mut more = !self.eat(b'}');
        while more {
            if self.peek() != b'"' {
                return Err(self.error());
            }
            let key = self.string()?;
            if !self.eat(b':') {
                return Err(self.error());
            }
            let value = self.value()?;
            let merged = match fields.get(&key) {
                Some(there) => meet(there, &value)
                    .ok_or_else(|| failed(format!("conflicting values for the key {key:?}")))?,
                None => value,
            };
            fields.insert(key, merged);
            more = self.eat(b',');
            if !more && !self.eat(b'}') {
                return Err(self.error());
            }
        }
        Ok(Value::Struct(fields.into_iter().collect()))
    }
}

/// The same JSON with other white space: none, or a prefix and an indent for each line.
fn relayout(source: &str, lines: Option<(&str, &str)>) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut depth = 0_usize;
    let mut opened = false;
    let line = |out: &mut String, depth: usize| {
        if let Some((prefix, indent)) = lines {
            out.push('\n');
            out.push_str(prefix);
            out.push_str(&indent.repeat(depth));
        }
    };
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        if c.is_ascii_whitespace() {
            rest = &rest[length..];
            continue;
        }
        let closes = matches!(c, '}' | ']');
        depth -= usize::from(closes);
        if opened != closes && (opened || closes) {
            line(&mut out, depth);
        }
        opened = false;
        if c == '"' {
            let mut bytes = rest.bytes().enumerate().skip(1);
            while let Some((at, byte)) = bytes.next() {
                match byte {
                    b'\\' => {
                        bytes.next();
                    }
                    b'"' => {
                        length = at + 1;
                        break;
                    }
                    _ => {}
                }
            }
        }
        out.push_str(&rest[..length]);
        match c {
            '{' | '[' => {
                depth += 1;
                opened = true;
            }
            ',' => line(&mut out, depth),
            ':' if lines.is_some() => out.push(' '),
            _ => {}
        }
        rest = &rest[length..];
    }
    out
}

/// A string as JSON.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::new();
    write_string(text, &mut out);
    out
}
