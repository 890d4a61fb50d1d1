//! A number as it was written.
//!
//! Digits are kept as text: `1.10` stays `1.10` and a 40-digit id keeps all its digits, whatever an `f64`
//! would make of them.

use std::fmt;

/// A number in JSON's grammar, digits and exponent as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number(Box<str>);

// === impl Number ===

impl Number {
    /// Reads a number in JSON's grammar; `None` for all else.
    ///
    /// ```
    /// # use burgee_source::Number;
    /// assert_eq!(Number::parse("1.10").map(|n| n.to_string()).as_deref(), Some("1.10"));
    /// assert_eq!(Number::parse("017"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('-').unwrap_or(text);
        let rest = match rest.strip_prefix('0') {
            Some(rest) => rest,
            None => digits(rest)?,
        };
        let rest = match rest.strip_prefix('.') {
            Some(fraction) => digits(fraction)?,
            None => rest,
        };
        let rest = match rest.strip_prefix(['e', 'E']) {
            Some(exponent) => digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))?,
            None => rest,
        };
        rest.is_empty().then(|| Self(text.into()))
    }

    /// The number as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when it was written without a fraction and an exponent.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        !self.0.contains(['.', 'e', 'E'])
    }

    /// The value as an `i64`, when it is an integer that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// As `serde_json` holds it: exact for 64-bit integers, the nearest double for the rest, `None` beyond that.
    #[must_use]
    pub fn to_json(&self) -> Option<serde_json::Number> {
        if let Ok(number) = self.0.parse::<i64>() {
            return Some(number.into());
        }
        if let Ok(number) = self.0.parse::<u64>() {
            return Some(number.into());
        }
        serde_json::Number::from_f64(self.0.parse().ok()?)
    }
}

fn digits(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string().into())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_json_reads_and_nothing_else() {
        for good in [
            "0",
            "-0",
            "10",
            "1.10",
            "1e3",
            "1E-2",
            "-1.5e+9",
            "123456789012345678901234567890",
        ] {
            assert!(Number::parse(good).is_some(), "{good}");
        }
        for bad in [
            "", "-", "01", "+1", ".5", "5.", "1e", "0x1", "1_0", "NaN", " 1", "1 ",
        ] {
            assert!(Number::parse(bad).is_none(), "{bad}");
        }
    }
}
