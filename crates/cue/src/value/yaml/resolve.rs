//! What a YAML reader takes a plain scalar for.
//!
//! The rules are those of the reader that CUE and Kubernetes' tools are made from: words of YAML 1.2, integers
//! in all of its and 1.1's bases, no booleans like `yes`, no numbers beyond 64 bits or a double's range.

/// The type of a plain scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Null,
    Bool(bool),
    Int,
    Float,
    /// `.inf`, `.nan`.
    NotFinite,
    /// A date or a time.
    Timestamp,
    Text,
}

/// Tells the type of a plain scalar by its text.
pub(crate) fn meaning(text: &str) -> Meaning {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Meaning::Null,
        "true" | "True" | "TRUE" => return Meaning::Bool(true),
        "false" | "False" | "FALSE" => return Meaning::Bool(false),
        ".nan" | ".NaN" | ".NAN" | ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF"
        | "-.inf" | "-.Inf" | "-.INF" => return Meaning::NotFinite,
        _ => {}
    }
    match text.as_bytes().first() {
        Some(b'.') if is_float(text) => Meaning::Float,
        Some(b'0'..=b'9' | b'+' | b'-') => {
            let plain = text.replace('_', "");
            match () {
                () if is_timestamp(text) => Meaning::Timestamp,
                () if is_int(&plain) => Meaning::Int,
                () if is_float(&plain) => Meaning::Float,
                () => Meaning::Text,
            }
        }
        Some(_) | None => Meaning::Text,
    }
}

/// An integer in base 2, 8, 10 or 16 that fits into 64 bits, with a sign or without one.
fn is_int(text: &str) -> bool {
    let (negative, signed, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, true, &text[1..]),
        Some(b'+') => (false, true, &text[1..]),
        Some(_) | None => (false, false, text),
    };
    let prefix = digits.get(..2).filter(|_| digits.len() > 2);
    let (base, digits) = match prefix {
        Some("0x" | "0X") => (16, &digits[2..]),
        Some("0o" | "0O") => (8, &digits[2..]),
        Some("0b" | "0B") => (2, &digits[2..]),
        Some(_) | None if digits.len() > 1 && digits.starts_with('0') => (8, &digits[1..]),
        Some(_) | None => (10, digits),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let most = match (signed, negative) {
        (true, true) => i64::MIN.unsigned_abs(),
        (true, false) => i64::MAX.unsigned_abs(),
        (false, _) => u64::MAX,
    };
    u64::from_str_radix(digits, base).is_ok_and(|value| value <= most)
}

/// A decimal fraction within the range of a double: `1.`, `.5`, `1e3`.
fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            exponent.strip_prefix(['+', '-']).unwrap_or(exponent),
        ),
        None => (unsigned, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_mantissa = match whole.is_empty() {
        true => is_digits(fraction),
        false => is_digits(whole) && (fraction.is_empty() || is_digits(fraction)),
    };
    is_mantissa && is_digits(exponent) && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// `2006-1-2`, `2006-1-2T15:4:5.9Z`, `2006-1-2 15:4:5.9`.
fn is_timestamp(text: &str) -> bool {
    fn number(rest: &mut &str, most: usize) -> Option<u32> {
        let length = rest
            .bytes()
            .take(most)
            .take_while(u8::is_ascii_digit)
            .count();
        let (digits, after) = rest.split_at(length);
        *rest = after;
        digits.parse().ok()
    }
    fn eat(rest: &mut &str, wanted: &[char]) -> Option<char> {
        let c = rest.chars().next().filter(|c| wanted.contains(c))?;
        *rest = &rest[c.len_utf8()..];
        Some(c)
    }
    fn timestamp(mut rest: &str) -> Option<()> {
        let rest = &mut rest;
        let year = number(rest, 4)?;
        eat(rest, &['-'])?;
        let month = number(rest, 2)?;
        eat(rest, &['-'])?;
        let day = number(rest, 2)?;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        if !(1..=days).contains(&day) {
            return None;
        }
        if rest.is_empty() {
            return Some(());
        }
        let separator = eat(rest, &['T', 't', ' '])?;
        if number(rest, 2)? > 23 {
            return None;
        }
        for _ in 0..2 {
            eat(rest, &[':'])?;
            if number(rest, 2)? > 59 {
                return None;
            }
        }
        if rest.len() > 1 && rest.as_bytes()[1].is_ascii_digit() && eat(rest, &['.', ',']).is_some()
        {
            *rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        }
        if separator != ' ' && eat(rest, &['Z']).is_none() {
            eat(rest, &['+', '-'])?;
            let zone =
                number(rest, 2)? <= 24 && eat(rest, &[':']).is_some() && number(rest, 2)? <= 60;
            if !zone {
                return None;
            }
        }
        rest.is_empty().then_some(())
    }
    let year = text.bytes().take_while(u8::is_ascii_digit).count();
    year == 4 && timestamp(text).is_some()
}
