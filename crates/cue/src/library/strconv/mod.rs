//! Package `strconv`, as Go has it but for `Unquote`, which reads CUE's literals.
//!
//! | function | what it does |
//! |---|---|
//! | `Unquote(text)` | the text that a CUE literal stands for |
//! | `Quote`, `QuoteToASCII`, `QuoteToGraphic` | a Go literal; what cannot be printed is escaped |
//! | `QuoteRune`, `QuoteRuneToASCII`, `QuoteRuneToGraphic` | the same of one character, given as a number |
//! | `ParseBool`, `FormatBool` | `1 t T true TRUE True` and their opposites |
//! | `ParseInt(text, base, bits)`, `ParseUint` | base 0 goes by the prefix and allows `_`; `integer` |
//! | `Atoi(text)` | `ParseInt(text, 10, 64)` |
//! | `FormatInt(number, base)`, `FormatUint` | integers of any size, base 2 to 62; the second takes a sign as well |
//! | `ParseFloat(text, bits)` | the nearest double, or float for 32 bits; `parse_float` |
//! | `FormatFloat(number, verb, digits, bits)` | the verb is the number of `b e E f g G x X`; `format_float` |
//! | `IsPrint`, `IsGraphic` | whether a character, given as a number, can be printed; `quote` |
//! | `IntSize` | 64 |

mod format_float;
mod integer;
mod parse_float;
mod quote;
mod shortest;
#[cfg(test)]
mod tests;

use super::{
    Answer, Builtin, CallError, Param as P, failed, function, int, lossy, rune, string, text,
    validator,
};
use crate::{Number, Value, syntax};
use quote::{Charset, is_graphic, is_print, quote};

const NAME: &str = "strconv";
const ONE: &[P] = &[P::String];
const RUNE: &[P] = &[P::Int];
const PARSE: &[P] = &[P::String, P::Int, P::Int];
const FORMAT: &[P] = &[P::Int, P::Int];
const FLOAT: &[P] = &[P::Number, P::Int, P::Int, P::Int];

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Unquote", ONE, |a| {
        match syntax::unquote(text(a, 0)) {
            Some(inner) => string(lossy(&inner)),
            None => Err(failed("this is no literal of CUE")),
        }
    }),
    function(NAME, "Quote", ONE, |a| quoted(a, Charset::Printable)),
    function(NAME, "QuoteToASCII", ONE, |a| quoted(a, Charset::Ascii)),
    function(NAME, "QuoteToGraphic", ONE, |a| quoted(a, Charset::Graphic)),
    function(NAME, "QuoteRune", RUNE, |a| {
        quoted_rune(a, Charset::Printable)
    }),
    function(NAME, "QuoteRuneToASCII", RUNE, |a| {
        quoted_rune(a, Charset::Ascii)
    }),
    function(NAME, "QuoteRuneToGraphic", RUNE, |a| {
        quoted_rune(a, Charset::Graphic)
    }),
    validator(NAME, "ParseBool", ONE, |a| match text(a, 0) {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(Value::Bool(true)),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(Value::Bool(false)),
        other => Err(invalid(other)),
    }),
    function(NAME, "FormatBool", &[P::Bool], |a| {
        let is_true = a.first().and_then(Value::as_bool).unwrap_or(false);
        string(if is_true { "true" } else { "false" })
    }),
    function(NAME, "ParseFloat", &[P::String, P::Int], |a| {
        parse_float::parse_float(text(a, 0), int(a, 1)?)
    }),
    function(NAME, "FormatFloat", FLOAT, format_float::format_float),
    function(NAME, "ParseInt", PARSE, |a| {
        integer::parse_int(text(a, 0), int(a, 1)?, int(a, 2)?)
    }),
    function(NAME, "ParseUint", PARSE, |a| {
        integer::parse_uint(text(a, 0), int(a, 1)?, int(a, 2)?)
    }),
    function(NAME, "FormatInt", FORMAT, integer::format_int),
    function(NAME, "FormatUint", FORMAT, integer::format_int),
    function(NAME, "Atoi", ONE, |a| {
        integer::parse_int(text(a, 0), 10, 64)
    }),
    validator(NAME, "IsPrint", RUNE, |a| {
        Ok(Value::Bool(rune(a, 0)?.is_some_and(is_print)))
    }),
    validator(NAME, "IsGraphic", RUNE, |a| {
        Ok(Value::Bool(rune(a, 0)?.is_some_and(is_graphic)))
    }),
];

/// The shortest number that stands for a double; `None` for those without end.
pub(super) fn nearest(value: f64) -> Option<Number> {
    if value == 0.0 && value.is_sign_negative() {
        return Some(Number::negative_zero().into_float());
    }
    let nearest = value.is_finite().then(|| shortest::shortest(value, false));
    nearest
        .and_then(|text| Number::parse(&text))
        .map(Number::into_float)
}

/// A double as `FormatFloat` writes it.
pub(super) fn format_double(value: f64, verb: char, digits: i64) -> Option<String> {
    let arguments = [
        Value::Number(nearest(value)?),
        Value::Number(i64::from(u32::from(verb)).into()),
        Value::Number(digits.into()),
        Value::Number(64.into()),
    ];
    match format_float::format_float(&arguments) {
        Ok(Value::String(text)) => Some(text.into()),
        Ok(_) | Err(_) => None,
    }
}

/// A text as a Go literal.
pub(super) fn quoted_text(text: &str) -> String {
    quote(text.chars(), '"', Charset::Printable)
}

/// A character as a Go literal.
pub(super) fn quoted_char(c: char) -> String {
    quote(std::iter::once(c), '\'', Charset::Printable)
}

pub(super) fn is_printable(c: char) -> bool {
    is_print(c)
}

fn quoted(arguments: &[Value], charset: Charset) -> Answer {
    string(quote(text(arguments, 0).chars(), '"', charset))
}

/// What is no character is quoted as the replacement for one.
fn quoted_rune(arguments: &[Value], charset: Charset) -> Answer {
    let c = rune(arguments, 0)?.unwrap_or(char::REPLACEMENT_CHARACTER);
    string(quote(std::iter::once(c), '\'', charset))
}

fn invalid(what: &str) -> CallError {
    failed(format!("{} has no valid syntax", super::json::quoted(what)))
}

fn out_of_range(what: &str) -> CallError {
    failed(format!("{} is out of range", super::json::quoted(what)))
}
