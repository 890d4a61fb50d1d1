//! The functions of templates.

use std::rc::Rc;

use super::{datum::Datum, printf::printf};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    And,
    Or,
    Not,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Len,
    Index,
    Slice,
    Print,
    Println,
    Printf,
    Html,
    Js,
    UrlQuery,
    Apply,
}

pub(super) type Outcome = Result<Datum, String>;

// === impl Call ===

impl Call {
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "and" => Self::And,
            "or" => Self::Or,
            "not" => Self::Not,
            "eq" => Self::Eq,
            "ne" => Self::Ne,
            "lt" => Self::Lt,
            "le" => Self::Le,
            "gt" => Self::Gt,
            "ge" => Self::Ge,
            "len" => Self::Len,
            "index" => Self::Index,
            "slice" => Self::Slice,
            "print" => Self::Print,
            "println" => Self::Println,
            "printf" => Self::Printf,
            "html" => Self::Html,
            "js" => Self::Js,
            "urlquery" => Self::UrlQuery,
            "call" => Self::Apply,
            _ => return None,
        })
    }

    /// `and` and `or` are not called: they look at one argument after the other.
    pub(super) fn run(self, arguments: &[Datum]) -> Outcome {
        match (self, arguments) {
            (Self::Not, [value]) => Ok(Datum::Bool(!value.is_true())),
            (Self::Eq, [first, others @ ..]) if !others.is_empty() => {
                let mut found = false;
                for other in others {
                    found |= equal(first, other)?;
                    if found {
                        break;
                    }
                }
                Ok(Datum::Bool(found))
            }
            (Self::Ne, [a, b]) => equal(a, b).map(|equal| Datum::Bool(!equal)),
            (Self::Lt, [a, b]) => ordered(a, b).map(|order| Datum::Bool(order.is_lt())),
            (Self::Le, [a, b]) => ordered(a, b).map(|order| Datum::Bool(order.is_le())),
            (Self::Gt, [a, b]) => ordered(a, b).map(|order| Datum::Bool(order.is_gt())),
            (Self::Ge, [a, b]) => ordered(a, b).map(|order| Datum::Bool(order.is_ge())),
            (Self::Len, [value]) => match value {
                Datum::Text(text) => Ok(length(text.len())),
                Datum::Bytes(bytes) => Ok(length(bytes.len())),
                Datum::List(items) => Ok(length(items.len())),
                Datum::Map(fields) => Ok(length(fields.len())),
                other => Err(format!("a {} has no length", other.type_name())),
            },
            (Self::Index, [Datum::Missing | Datum::Nil, ..]) => {
                Err("what is not there has no items".to_owned())
            }
            (Self::Index, [value, keys @ ..]) => keys
                .iter()
                .try_fold(value.clone(), |value, key| index(&value, key)),
            (Self::Slice, [value, bounds @ ..]) if bounds.len() <= 3 => slice(value, bounds),
            (Self::Print, arguments) => Ok(Datum::text(print(arguments))),
            (Self::Println, arguments) => {
                let shown: Vec<_> = arguments.iter().map(Datum::shown).collect();
                Ok(Datum::text(format!("{}\n", shown.join(" "))))
            }
            (Self::Printf, [Datum::Text(format), arguments @ ..]) => {
                printf(format, arguments).map(Datum::text)
            }
            (Self::Html, arguments) => Ok(Datum::text(html(&joined(arguments)))),
            (Self::Js, arguments) => Ok(Datum::text(javascript(&joined(arguments)))),
            (Self::UrlQuery, arguments) => {
                let text = joined(arguments);
                Ok(Datum::text(crate::library::net::query_escape(&text)))
            }
            (call, arguments) => Err(format!(
                "{call:?} does not take these {} arguments",
                arguments.len()
            )),
        }
    }
}

/// Values with spaces between two that are no texts.
fn print(arguments: &[Datum]) -> String {
    let mut out = String::new();
    let mut before_is_text = true;
    for argument in arguments {
        let is_text = matches!(argument, Datum::Text(_));
        if !is_text && !before_is_text {
            out.push(' ');
        }
        out.push_str(&argument.shown());
        before_is_text = is_text;
    }
    out
}

/// All of them as printed.
fn joined(arguments: &[Datum]) -> String {
    let printable = |argument: &Datum| match argument {
        Datum::Missing | Datum::Nil => Datum::text(argument.printed()),
        argument => argument.clone(),
    };
    print(&arguments.iter().map(printable).collect::<Vec<_>>())
}

fn length(length: usize) -> Datum {
    Datum::Literal(i64::try_from(length).unwrap_or(i64::MAX))
}

fn equal(a: &Datum, b: &Datum) -> Result<bool, String> {
    let is_nothing = |datum: &Datum| matches!(datum, Datum::Missing | Datum::Nil);
    let is_many = |datum: &Datum| matches!(datum, Datum::List(_) | Datum::Map(_) | Datum::Bytes(_));
    match (a, b) {
        (a, b) if is_nothing(a) || is_nothing(b) => Ok(is_nothing(a) && is_nothing(b)),
        (a, b) if is_many(a) || is_many(b) => Err("lists and maps are not compared".to_owned()),
        (Datum::Bool(a), Datum::Bool(b)) => Ok(a == b),
        (Datum::Float(a), Datum::Float(b)) => Ok(a == b),
        (Datum::Big(_), Datum::Big(_)) => Ok(false),
        (a, b) => a
            .compare(b)
            .map(std::cmp::Ordering::is_eq)
            .ok_or_else(|| incompatible(a, b)),
    }
}

fn ordered(a: &Datum, b: &Datum) -> Result<std::cmp::Ordering, String> {
    a.compare(b).ok_or_else(|| incompatible(a, b))
}

fn incompatible(a: &Datum, b: &Datum) -> String {
    format!(
        "a {} is not compared with a {}",
        a.type_name(),
        b.type_name()
    )
}

fn place(key: &Datum, most: usize) -> Result<usize, String> {
    match key {
        Datum::Int(at) | Datum::Literal(at) => match usize::try_from(*at) {
            Ok(at) if at <= most => Ok(at),
            Ok(_) | Err(_) => Err(format!("the index {at} is out of range")),
        },
        other => Err(format!("a {} is no index", other.type_name())),
    }
}

fn index(value: &Datum, key: &Datum) -> Outcome {
    let at = |length: usize| match length.checked_sub(1) {
        Some(last) => place(key, last),
        None => Err("the index is out of range".to_owned()),
    };
    match value {
        Datum::List(items) => Ok(items[at(items.len())?].clone()),
        Datum::Text(text) => Ok(Datum::Literal(text.as_bytes()[at(text.len())?].into())),
        Datum::Bytes(bytes) => Ok(Datum::Literal(bytes[at(bytes.len())?].into())),
        Datum::Map(fields) => match key {
            Datum::Text(name) => Ok(fields.get(&**name).cloned().unwrap_or(Datum::Missing)),
            other => Err(format!("a {} is no name", other.type_name())),
        },
        other => Err(format!("a {} has no items", other.type_name())),
    }
}

fn slice(value: &Datum, bounds: &[Datum]) -> Outcome {
    let length = match value {
        Datum::List(items) => items.len(),
        Datum::Text(text) if bounds.len() < 3 => text.len(),
        Datum::Bytes(bytes) => bytes.len(),
        other => return Err(format!("a {} is not sliced", other.type_name())),
    };
    let places: Result<Vec<_>, _> = bounds.iter().map(|bound| place(bound, length)).collect();
    let places = places?;
    let from = places.first().copied().unwrap_or(0);
    let to = places.get(1).copied().unwrap_or(length);
    if from > to || places.get(2).is_some_and(|most| *most < to) {
        return Err("the bounds of a slice are in the wrong order".to_owned());
    }
    Ok(match value {
        Datum::List(items) => Datum::List(items[from..to].into()),
        Datum::Bytes(bytes) => Datum::Bytes(bytes[from..to].into()),
        Datum::Text(text) => {
            Datum::Text(Rc::from(crate::library::lossy(&text.as_bytes()[from..to])))
        }
        other => other.clone(),
    })
}

pub(super) fn html(text: &str) -> String {
    crate::library::html::escape(text).replace('\0', "\u{fffd}")
}

pub(super) fn javascript(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '\'' | '"' => {
                out.push('\\');
                out.push(c);
            }
            '<' | '>' | '&' | '=' | '\0'..='\x1f' => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c if c.is_ascii() || crate::library::strconv::is_printable(c) => out.push(c),
            c => out.push_str(&format!("\\u{:04X}", u32::from(c))),
        }
    }
    out
}
