//! Durations as Go spells them: `30s`, `1h30m`, `1.5h`.

use std::time::Duration;

/// Why a text is no duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// `d`: Go has no unit for days.
    #[error("there is no unit for days")]
    Days,
    /// A number without a unit.
    #[error("a unit is missing")]
    NoUnit,
    /// Anything else.
    #[error("this is no duration")]
    Other,
}

/// Reads a duration in Go's grammar: a sign, then numbers with a unit each; `0` needs none. One below zero is zero.
///
/// ```
/// use std::time::Duration;
/// use burgee_model::{DurationError, duration};
///
/// assert_eq!(duration("1h30m"), Ok(Duration::from_secs(5400)));
/// assert_eq!(duration("1.5s"), Ok(Duration::from_millis(1500)));
/// assert_eq!(duration("1d"), Err(DurationError::Days));
/// ```
///
/// # Errors
///
/// When the text is no duration, or one that Go cannot count in 64 bits of nanoseconds.
pub fn duration(text: &str) -> Result<Duration, DurationError> {
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(Duration::ZERO);
    }
    if rest.is_empty() {
        return Err(DurationError::Other);
    }
    let mut total = 0_u64;
    while !rest.is_empty() {
        let is_number = |c: char| c.is_ascii_digit() || c == '.';
        let end = rest.find(|c| !is_number(c)).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let end = after.find(is_number).unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let part = scaled(number, nanoseconds(unit)?).ok_or(DurationError::Other)?;
        total = total.checked_add(part).ok_or(DurationError::Other)?;
        rest = after;
    }
    if total > i64::MAX.unsigned_abs() {
        return Err(DurationError::Other);
    }
    Ok(match negative {
        true => Duration::ZERO,
        false => Duration::from_nanos(total),
    })
}

/// So many of a unit; what is left of a nanosecond is dropped.
fn scaled(number: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return None;
    }
    let whole: u64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let mut total = whole.checked_mul(unit)?;
    let mut place = unit;
    for digit in fraction.bytes() {
        place /= 10;
        total = total.checked_add(place * u64::from(digit - b'0'))?;
    }
    Some(total)
}

fn nanoseconds(unit: &str) -> Result<u64, DurationError> {
    match unit {
        "ns" => Ok(1),
        "us" | "µs" | "μs" => Ok(1_000),
        "ms" => Ok(1_000_000),
        "s" => Ok(1_000_000_000),
        "m" => Ok(60_000_000_000),
        "h" => Ok(3_600_000_000_000),
        "d" => Err(DurationError::Days),
        "" => Err(DurationError::NoUnit),
        _ => Err(DurationError::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        for (text, nanos) in [
            ("0", 0),
            ("5s", 5_000_000_000),
            ("2h45m", 9_900_000_000_000),
            ("300ms", 300_000_000),
            (".5s", 500_000_000),
            ("1.s", 1_000_000_000),
            ("1.0000000019s", 1_000_000_001),
            ("+1µs", 1_000),
            ("-1h", 0),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_nanos(nanos)), "{text}");
        }
        for text in [
            "", "s", "1", "1 s", "1min", "test", "1..2s", "-", "9999999h", "1.2.3s",
        ] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
