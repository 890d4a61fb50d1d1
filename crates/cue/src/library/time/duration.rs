//! Durations: `1h30m`, `-1.5s`, `300ms`.

pub(super) const SECOND: i64 = 1_000_000_000;

/// The nanoseconds of a negative duration reach one further.
const LIMIT: u64 = 1 << 63;

pub(super) fn parse(text: &str) -> Option<i64> {
    let negative = text.starts_with('-');
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total = 0_u64;
    while !rest.is_empty() {
        let part;
        (part, rest) = next(rest)?;
        total = total.checked_add(part).filter(|total| *total <= LIMIT)?;
    }
    match negative {
        true => 0_i64.checked_sub_unsigned(total),
        false => i64::try_from(total).ok(),
    }
}

/// A number with its unit, in nanoseconds.
fn next(text: &str) -> Option<(u64, &str)> {
    let (whole, rest) = digits(text);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => digits(rest),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let end = rest.find(|c: char| c == '.' || c.is_ascii_digit());
    let (unit, rest) = rest.split_at(end.unwrap_or(rest.len()));
    let unit: u64 = match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    };
    let whole = match whole {
        "" => 0,
        whole => whole.parse::<u64>().ok()?,
    };
    let nanoseconds = whole.checked_mul(unit).filter(|value| *value <= LIMIT)?;
    let (fraction, scale) = significant(fraction);
    let more = match fraction {
        0 => 0,
        fraction => (fraction as f64 * (unit as f64 / scale)) as u64,
    };
    let sum = nanoseconds.checked_add(more).filter(|sum| *sum <= LIMIT)?;
    Some((sum, rest))
}

/// As many digits of a fraction as fit, and the power of ten that they are divided by.
fn significant(digits: &str) -> (u64, f64) {
    let mut value = 0_u64;
    let mut scale = 1.0;
    for digit in digits.bytes() {
        let longer = value
            .checked_mul(10)
            .and_then(|value| value.checked_add(u64::from(digit - b'0')));
        match longer {
            Some(longer) if value <= (LIMIT - 1) / 10 && longer <= LIMIT => value = longer,
            Some(_) | None => break,
        }
        scale *= 10.0;
    }
    (value, scale)
}

fn digits(text: &str) -> (&str, &str) {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    text.split_at(length)
}

/// In the largest units there are, down to nanoseconds.
pub(super) fn format(nanoseconds: i64) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let size = nanoseconds.unsigned_abs();
    let second = SECOND.unsigned_abs();
    match size {
        0 => "0s".to_owned(),
        1..1_000 => format!("{sign}{size}ns"),
        1_000..1_000_000 => format!("{sign}{}µs", decimal(size, 1_000)),
        1_000_000..1_000_000_000 => format!("{sign}{}ms", decimal(size, 1_000_000)),
        size => {
            let minutes = size / (60 * second);
            let seconds = decimal(size % (60 * second), second);
            match minutes {
                0 => format!("{sign}{seconds}s"),
                1..60 => format!("{sign}{minutes}m{seconds}s"),
                minutes => format!("{sign}{}h{}m{seconds}s", minutes / 60, minutes % 60),
            }
        }
    }
}

/// The quotient by a power of ten, without zeros at its end.
fn decimal(value: u64, unit: u64) -> String {
    let places = unit.ilog10() as usize;
    let fraction = format!("{:0places$}", value % unit);
    match fraction.trim_end_matches('0') {
        "" => (value / unit).to_string(),
        fraction => format!("{}.{fraction}", value / unit),
    }
}
