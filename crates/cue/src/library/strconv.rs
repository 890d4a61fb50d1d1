//! Package `strconv`.

use num_bigint::BigInt;

use super::{
    Answer, Builtin, CallError, Param as P, failed, function, int, json,
    quote::{Charset, is_graphic, is_print, quote},
    string, text,
};
use crate::{Number, Value};

const NAME: &str = "strconv";
const ONE: &[P] = &[P::String];
const RUNE: &[P] = &[P::Int];
const PARSE: &[P] = &[P::String, P::Int, P::Int];

/// The most digits behind the point that are written.
const MAX_DIGITS: i64 = 1000;

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Unquote", ONE, |a| {
        match crate::syntax::unquote(text(a, 0)) {
            Some(inner) => string(String::from_utf8_lossy(&inner)),
            None => Err(failed("invalid syntax")),
        }
    }),
    function(NAME, "Quote", ONE, |a| {
        string(quote(text(a, 0).chars(), '"', Charset::Printable))
    }),
    function(NAME, "QuoteToASCII", ONE, |a| {
        string(quote(text(a, 0).chars(), '"', Charset::Ascii))
    }),
    function(NAME, "QuoteToGraphic", ONE, |a| {
        string(quote(text(a, 0).chars(), '"', Charset::Graphic))
    }),
    function(NAME, "QuoteRune", RUNE, |a| {
        quote_rune(a, Charset::Printable)
    }),
    function(NAME, "QuoteRuneToASCII", RUNE, |a| {
        quote_rune(a, Charset::Ascii)
    }),
    function(NAME, "QuoteRuneToGraphic", RUNE, |a| {
        quote_rune(a, Charset::Graphic)
    }),
    function(NAME, "ParseBool", ONE, |a| match text(a, 0) {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(Value::Bool(true)),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(Value::Bool(false)),
        other => Err(syntax(other)),
    }),
    function(NAME, "FormatBool", &[P::Bool], |a| {
        string(if a[0] == Value::Bool(true) {
            "true"
        } else {
            "false"
        })
    }),
    function(NAME, "ParseFloat", &[P::String, P::Int], parse_float),
    function(
        NAME,
        "FormatFloat",
        &[P::Number, P::Int, P::Int, P::Int],
        format_float,
    ),
    function(NAME, "ParseInt", PARSE, |a| {
        parse_int(text(a, 0), int(a, 1)?, int(a, 2)?, true)
    }),
    function(NAME, "ParseUint", PARSE, |a| {
        parse_int(text(a, 0), int(a, 1)?, int(a, 2)?, false)
    }),
    function(NAME, "FormatInt", &[P::Int, P::Int], format_int),
    function(NAME, "FormatUint", &[P::Int, P::Int], format_int),
    function(NAME, "Atoi", ONE, |a| parse_int(text(a, 0), 10, 64, true)),
    function(NAME, "IsPrint", RUNE, |a| {
        Ok(Value::Bool(rune(a)?.is_some_and(is_print)))
    }),
    function(NAME, "IsGraphic", RUNE, |a| {
        Ok(Value::Bool(rune(a)?.is_some_and(is_graphic)))
    }),
];

fn syntax(what: &str) -> CallError {
    failed(format!("{} has no valid syntax", json::quoted(what)))
}

fn out_of_range(what: &str) -> CallError {
    failed(format!("{} is out of range", json::quoted(what)))
}

fn rune(arguments: &[Value]) -> Result<Option<char>, CallError> {
    let code = u32::try_from(int(arguments, 0)?).ok();
    Ok(code.and_then(char::from_u32))
}

fn quote_rune(arguments: &[Value], charset: Charset) -> Answer {
    let c = rune(arguments)?.unwrap_or(char::REPLACEMENT_CHARACTER);
    string(quote(std::iter::once(c), '\'', charset))
}

fn parse_int(whole: &str, base: i64, bits: i64, signed: bool) -> Answer {
    let (negative, digits) = match whole.strip_prefix('-') {
        Some(digits) if signed => (true, digits),
        Some(_) => return Err(syntax(whole)),
        None if signed => (false, whole.strip_prefix('+').unwrap_or(whole)),
        None => (false, whole),
    };
    let (base, digits) = match base {
        0 => {
            let lower = digits.to_ascii_lowercase();
            let prefixed = [("0x", 16), ("0b", 2), ("0o", 8), ("0", 8)];
            let found = prefixed
                .iter()
                .find(|(prefix, _)| lower.starts_with(prefix) && lower.len() > 1);
            let (skip, base) = found.map_or((0, 10), |(prefix, base)| (prefix.len(), *base));
            (base, digits[skip..].replace('_', ""))
        }
        2..=36 => (u32::try_from(base).unwrap_or(10), digits.to_owned()),
        base => return Err(failed(format!("{base} is no base"))),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(base)) {
        return Err(syntax(whole));
    }
    let bits = match bits {
        0 => 64,
        1..=64 => bits,
        bits => return Err(failed(format!("{bits} is no size in bits"))),
    };
    // Longer digits cannot be in range; base 2 needs one for each bit.
    let significant = digits.trim_start_matches('0');
    if significant.len() > 64 {
        return Err(out_of_range(whole));
    }
    let value = u128::from_str_radix(&digits, base).unwrap_or(u128::MAX);
    let most = match (signed, negative) {
        (false, _) => (1_u128 << bits) - 1,
        (true, false) => (1_u128 << (bits - 1)) - 1,
        (true, true) => 1_u128 << (bits - 1),
    };
    if value > most {
        return Err(out_of_range(whole));
    }
    let value = BigInt::from(value);
    Ok(Value::Number(Number::from_integer(if negative {
        -value
    } else {
        value
    })))
}

fn format_int(arguments: &[Value]) -> Answer {
    let Some(Value::Number(number)) = arguments.first() else {
        return Err(failed("an int was expected"));
    };
    let value = number
        .to_integer()
        .ok_or_else(|| failed("an int was expected"))?;
    match u32::try_from(int(arguments, 1)?) {
        Ok(base @ 2..=36) => string(value.to_str_radix(base)),
        Ok(37..=62) => Err(CallError::Unsupported("a base above 36")),
        Ok(_) | Err(_) => Err(failed("the base must lie between 2 and 62")),
    }
}

fn parse_float(arguments: &[Value]) -> Answer {
    let whole = text(arguments, 0);
    let lower = whole.to_ascii_lowercase();
    if lower.contains("0x") || lower.contains('_') {
        return Err(CallError::Unsupported("this form of a float"));
    }
    let plain = !lower.contains("inf") && !lower.contains("nan");
    let value: f64 = whole
        .parse()
        .ok()
        .filter(|_| plain)
        .ok_or_else(|| syntax(whole))?;
    let single = int(arguments, 1)? == 32;
    let finite = match single {
        true => (value as f32).is_finite(),
        false => value.is_finite(),
    };
    if !finite {
        return Err(out_of_range(whole));
    }
    // The shortest digits that give this float again, and their exponent.
    let written = match single {
        true => format!("{:e}", value as f32),
        false => format!("{value:e}"),
    };
    let number = Number::parse(&written).ok_or_else(|| out_of_range(whole))?;
    Ok(Value::Number(number.into_float()))
}

fn format_float(arguments: &[Value]) -> Answer {
    let Some(Value::Number(number)) = arguments.first() else {
        return Err(failed("a number was expected"));
    };
    let value = number.to_f64().filter(|value| value.is_finite());
    let value = value.ok_or_else(|| failed("the number is out of range"))?;
    let precision = int(arguments, 2)?;
    let value = match int(arguments, 3)? {
        32 if precision < 0 => {
            return Err(CallError::Unsupported(
                "the shortest form of a 32-bit float",
            ));
        }
        32 => f64::from(value as f32),
        64 => value,
        bits => return Err(failed(format!("{bits} is no size in bits"))),
    };
    if precision > MAX_DIGITS {
        return Err(CallError::TooLarge);
    }
    let digits = usize::try_from(precision).ok();
    let verb = u32::try_from(int(arguments, 1)?)
        .ok()
        .and_then(char::from_u32);
    match (verb, digits) {
        (Some('f'), None) => string(value.to_string()),
        (Some('f'), Some(digits)) => string(format!("{value:.digits$}")),
        (Some('e'), None) => string(exponent(&format!("{value:e}"))),
        (Some('e'), Some(digits)) => string(exponent(&format!("{value:.digits$e}"))),
        (Some('g'), None) => string(general(value.to_string(), 21)),
        _ => Err(CallError::Unsupported("this format of a float")),
    }
}

/// Go writes at least two digits of the exponent, and its sign.
fn exponent(text: &str) -> String {
    let Some((mantissa, exponent)) = text.split_once('e') else {
        return text.to_owned();
    };
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(digits) => ('-', digits),
        None => ('+', exponent),
    };
    format!("{mantissa}e{sign}{digits:0>2}")
}

/// The shortest form; with an exponent from `10^limit` on and below `0.0001`.
fn general(plain: String, limit: i64) -> String {
    let value: f64 = plain.parse().unwrap_or(0.0);
    let scientific = format!("{value:e}");
    let power = scientific
        .split_once('e')
        .and_then(|(_, power)| power.parse::<i64>().ok());
    match power {
        Some(power) if value != 0.0 && (power < -4 || power >= limit) => exponent(&scientific),
        Some(_) | None => plain,
    }
}
