//! JSON to values. The reader is ours because digits must stay as they are written.

use ecow::EcoString;

use super::{
    no_json,
    scan::{Token, check, token},
};
use crate::{
    Number, Value,
    library::{Answer, CallError, MAX_ITEMS, MAX_NESTING, failed, fields::Fields},
};

/// Reads a JSON text, digits kept.
///
/// # Errors
///
/// Why it is none.
pub(crate) fn decode_json(text: &[u8]) -> Result<Value, String> {
    one(text).map_err(CallError::into_reason)
}

pub(super) fn one(text: &[u8]) -> Answer {
    check(text).map_err(no_json)?;
    let mut reader = Reader::new(text)?;
    reader.value()
}

pub(super) fn stream(text: &[u8]) -> Result<Vec<Value>, CallError> {
    let mut reader = Reader::new(text)?;
    let mut list = Vec::new();
    while reader.peek()?.is_some() {
        list.push(reader.value()?);
    }
    Ok(list)
}

struct Reader<'s> {
    text: &'s str,
    at: usize,
    depth: usize,
    values: usize,
}

// === impl Reader ===

impl<'s> Reader<'s> {
    /// JSON is read as the CUE that it is, and in that no byte order mark may stand as it is.
    fn new(text: &'s [u8]) -> Result<Self, CallError> {
        let text = std::str::from_utf8(text).map_err(|_| failed("this is no UTF-8"))?;
        match text.find('\u{feff}') {
            None => Ok(Self {
                text,
                at: 0,
                depth: 0,
                values: 0,
            }),
            Some(at) => Err(failed(format!("a byte order mark stands at byte {at}"))),
        }
    }

    fn peek(&self) -> Result<Option<Token>, CallError> {
        let next = token(self.text.as_bytes(), self.at).map_err(no_json)?;
        Ok(next.map(|(token, _)| token))
    }

    fn next(&mut self) -> Result<(Token, &'s str), CallError> {
        match token(self.text.as_bytes(), self.at).map_err(no_json)? {
            Some((token, range)) => {
                self.at = range.end;
                Ok((token, self.text.get(range).unwrap_or("")))
            }
            None => Err(no_json(self.text.len())),
        }
    }

    fn value(&mut self) -> Answer {
        self.values += 1;
        if self.values > MAX_ITEMS {
            return Err(CallError::TooLarge);
        }
        let start = self.at;
        let (token, text) = self.next()?;
        match token {
            Token::Open(_) if self.depth >= MAX_NESTING => Err(failed("it nests too deeply")),
            Token::Open(bracket) => {
                self.depth += 1;
                let value = match bracket {
                    b'[' => self.list(),
                    _ => self.object(),
                };
                self.depth -= 1;
                value
            }
            Token::String => Ok(Value::String(unescaped(text)?)),
            Token::Number => match Number::parse(text) {
                Some(number) => Ok(Value::Number(number)),
                None => Err(failed("a number is out of range")),
            },
            Token::Word => Ok(match text {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => Value::Null,
            }),
            Token::Close(_) | Token::Comma | Token::Colon => Err(no_json(start)),
        }
    }

    fn list(&mut self) -> Answer {
        let mut list = Vec::new();
        if self.peek()? == Some(Token::Close(b']')) {
            self.next()?;
            return Ok(Value::List(list.into()));
        }
        loop {
            list.push(self.value()?);
            match self.next()?.0 {
                Token::Close(b']') => return Ok(Value::List(list.into())),
                Token::Comma => {}
                _ => return Err(no_json(self.at)),
            }
        }
    }

    fn object(&mut self) -> Answer {
        let mut fields = Fields::default();
        if self.peek()? == Some(Token::Close(b'}')) {
            self.next()?;
            return fields.finish();
        }
        loop {
            let (Token::String, key) = self.next()? else {
                return Err(no_json(self.at));
            };
            let key = unescaped(key)?;
            let (Token::Colon, _) = self.next()? else {
                return Err(no_json(self.at));
            };
            fields.add(key, self.value()?);
            match self.next()?.0 {
                Token::Close(b'}') => return fields.finish(),
                Token::Comma => {}
                _ => return Err(no_json(self.at)),
            }
        }
    }
}

/// What a string stands for; half a surrogate pair stands for nothing.
fn unescaped(literal: &str) -> Result<EcoString, CallError> {
    let inner = literal.get(1..literal.len() - 1).unwrap_or("");
    if !inner.contains('\\') {
        return Ok(inner.into());
    }
    match serde_json::from_str::<String>(literal) {
        Ok(text) => Ok(text.into()),
        Err(_) => Err(failed("a string has an escape that is no character")),
    }
}
