//! `printf`, as far as it makes sense over data: the verbs `v s q x X d o b c U e E f F g G t T`, the flags `+ - # 0` and space,
//! a width and a precision. What does not fit its verb is shown in Go's way: `%!d(string=a)`.

use super::datum::{Datum, float};

#[derive(Debug, Default)]
struct Form {
    plus: bool,
    minus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

/// No width or precision is larger.
const MAX_WIDTH: usize = 10_000;

pub(super) fn printf(format: &str, arguments: &[Datum]) -> Result<String, String> {
    let mut out = String::new();
    let mut next = arguments.iter();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let (form, after) = form(after)?;
        let Some(verb) = after.chars().next() else {
            out.push_str("%!(NOVERB)");
            rest = "";
            break;
        };
        rest = &after[verb.len_utf8()..];
        if verb == '%' {
            out.push('%');
            continue;
        }
        if verb == 'v' && form.sharp {
            return Err("`%#v` is not supported".to_owned());
        }
        match next.next() {
            Some(argument) => out.push_str(&formatted(&form, verb, argument)?),
            None => out.push_str(&format!("%!{verb}(MISSING)")),
        }
    }
    out.push_str(rest);
    let extra: Vec<_> = next.map(typed).collect();
    if !extra.is_empty() {
        out.push_str(&format!("%!(EXTRA {})", extra.join(", ")));
    }
    Ok(out)
}

fn form(text: &str) -> Result<(Form, &str), String> {
    let mut form = Form::default();
    let mut rest = text;
    while let Some(flag) = rest.chars().next() {
        match flag {
            '+' => form.plus = true,
            '-' => form.minus = true,
            '#' => form.sharp = true,
            ' ' => form.space = true,
            '0' => form.zero = true,
            _ => break,
        }
        rest = &rest[1..];
    }
    if rest.starts_with(['*', '[']) {
        return Err("a width or place out of the arguments is not supported".to_owned());
    }
    let number = |text: &'_ str| -> Result<(Option<usize>, usize), String> {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        match text[..length].parse() {
            _ if length == 0 => Ok((None, 0)),
            Ok(number) if number <= MAX_WIDTH => Ok((Some(number), length)),
            Ok(_) | Err(_) => Err("a width is too large".to_owned()),
        }
    };
    let (width, length) = number(rest)?;
    (form.width, rest) = (width, &rest[length..]);
    if let Some(after) = rest.strip_prefix('.') {
        let (precision, length) = number(after)?;
        (form.precision, rest) = (Some(precision.unwrap_or(0)), &after[length..]);
    }
    Ok((form, rest))
}

/// `string=a`.
fn typed(argument: &Datum) -> String {
    match argument {
        Datum::Missing | Datum::Nil => "<nil>".to_owned(),
        argument => format!("{}={}", argument.type_name(), argument.shown()),
    }
}

fn formatted(form: &Form, verb: char, argument: &Datum) -> Result<String, String> {
    if verb == 'T' {
        return Ok(padded(form, argument.type_name().to_owned(), false));
    }
    let text = match (argument, verb) {
        (Datum::Missing | Datum::Nil, 'v') => padded(form, "<nil>".to_owned(), false),
        (Datum::Missing | Datum::Nil, verb) => format!("%!{verb}(<nil>)"),
        (Datum::Bool(value), 't' | 'v') => padded(form, value.to_string(), false),
        (
            Datum::Int(value) | Datum::Literal(value),
            'd' | 'v' | 'o' | 'b' | 'x' | 'X' | 'c' | 'q' | 'U',
        ) => integer(form, verb, *value),
        (Datum::Big(digits), 'd' | 'v' | 's') => padded(form, digits.to_string(), true),
        (Datum::Float(value), 'v' | 'g' | 'G' | 'e' | 'E' | 'f' | 'F') => {
            double(form, verb, *value)
        }
        (Datum::Text(text), 's' | 'v' | 'q' | 'x' | 'X') => string(form, verb, text),
        (Datum::Bytes(bytes), 's' | 'q' | 'x' | 'X') => {
            string(form, verb, &crate::library::lossy(bytes))
        }
        (Datum::Bytes(_), 'v' | 'd') => argument.shown(),
        (Datum::List(items), verb) => {
            let items: Result<Vec<_>, _> =
                items.iter().map(|item| inner(form, verb, item)).collect();
            format!("[{}]", items?.join(" "))
        }
        (Datum::Map(fields), verb) => {
            let fields = fields.iter().map(|(name, value)| {
                let name = formatted(form, verb, &Datum::text(name.as_str()))?;
                Ok(format!("{name}:{}", inner(form, verb, value)?))
            });
            format!(
                "map[{}]",
                fields.collect::<Result<Vec<_>, String>>()?.join(" ")
            )
        }
        (argument, verb) => {
            let value = formatted(form, 'v', argument)?;
            format!("%!{verb}({}={value})", argument.type_name())
        }
    };
    Ok(text)
}

/// A value of a list or map: nothing is nothing by every verb.
fn inner(form: &Form, verb: char, value: &Datum) -> Result<String, String> {
    match value {
        Datum::Missing | Datum::Nil => Ok("<nil>".to_owned()),
        value => formatted(form, verb, value),
    }
}

fn integer(form: &Form, verb: char, value: i64) -> String {
    let size = value.unsigned_abs();
    let char = || {
        u32::try_from(value)
            .ok()
            .and_then(char::from_u32)
            .unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    let digits = match verb {
        'o' => format!("{size:o}"),
        'b' => format!("{size:b}"),
        'x' => format!("{size:x}"),
        'X' => format!("{size:X}"),
        'c' => return padded(form, char().to_string(), false),
        'q' => return padded(form, crate::library::strconv::quoted_char(char()), false),
        'U' => return padded(form, format!("U+{size:04X}"), false),
        _ => size.to_string(),
    };
    let prefix = match (form.sharp, verb) {
        (true, 'o') => "0",
        (true, 'b') => "0b",
        (true, 'x') => "0x",
        (true, 'X') => "0X",
        _ => "",
    };
    let sign = sign(form, value < 0);
    let least = match (form.precision, form.width) {
        (Some(precision), _) => precision,
        // The sign counts for the width, the prefix does not.
        (None, Some(width)) if form.zero && !form.minus => width.saturating_sub(sign.len()),
        (None, _) => 0,
    };
    padded(form, format!("{sign}{prefix}{digits:0>least$}"), false)
}

fn double(form: &Form, verb: char, value: f64) -> String {
    let kind = match verb {
        'v' => 'g',
        'F' => 'f',
        verb => verb,
    };
    let default = if matches!(verb, 'v' | 'g' | 'G') {
        -1
    } else {
        6
    };
    let digits = form
        .precision
        .map_or(default, |digits| i64::try_from(digits).unwrap_or(default));
    let text = float(value.abs(), kind, digits);
    padded(
        form,
        format!("{}{text}", sign(form, value.is_sign_negative())),
        true,
    )
}

const fn sign(form: &Form, negative: bool) -> &'static str {
    match (negative, form.plus, form.space) {
        (true, _, _) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        (false, false, false) => "",
    }
}

fn string(form: &Form, verb: char, text: &str) -> String {
    let cut: String = match form.precision {
        Some(most) => text.chars().take(most).collect(),
        None => text.to_owned(),
    };
    let hexadecimal = |upper: bool| {
        let bytes = text.as_bytes();
        let bytes = &bytes[..form.precision.unwrap_or(bytes.len()).min(bytes.len())];
        let digits = crate::library::hex::encode(bytes);
        if upper { digits.to_uppercase() } else { digits }
    };
    let shown = match verb {
        'q' => crate::library::strconv::quoted_text(&cut),
        'x' => hexadecimal(false),
        'X' => hexadecimal(true),
        _ => cut,
    };
    padded(form, shown, false)
}

/// Up to the width. Zeros stand before anything that asks for them, of a number behind its sign.
fn padded(form: &Form, text: String, is_number: bool) -> String {
    let missing = form.width.unwrap_or(0).saturating_sub(text.chars().count());
    match (form.minus, form.zero) {
        (true, _) => text + &" ".repeat(missing),
        (false, true) => {
            let digits = match is_number {
                true => text.trim_start_matches(['-', '+', ' ']),
                false => text.as_str(),
            };
            let sign = &text[..text.len() - digits.len()];
            format!("{sign}{}{digits}", "0".repeat(missing))
        }
        (false, false) => " ".repeat(missing) + &text,
    }
}
