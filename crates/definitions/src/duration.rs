//! Durations in parameters: Go's, with the way out for those that are none.

use burgee_model::{DurationError, duration};
use burgee_source::{Diagnostic, Span, Text};

use crate::rules;

/// Units as people write them, and Go's.
const WORDS: [(&str, &str); 11] = [
    ("seconds", "s"),
    ("second", "s"),
    ("secs", "s"),
    ("sec", "s"),
    ("minutes", "m"),
    ("minute", "m"),
    ("mins", "m"),
    ("min", "m"),
    ("hours", "h"),
    ("hour", "h"),
    ("hr", "h"),
];

/// The problem of a duration, if it has one.
pub(crate) fn problem(field: &'static str, text: &str, span: Span) -> Option<Diagnostic> {
    let problem = || {
        Diagnostic::new(&rules::BAD_DURATION)
            .arg("field", field)
            .arg("value", text)
            .at(span)
    };
    let negative = text.starts_with('-');
    match duration(text) {
        Ok(_) if negative => Some(problem().hint(NEGATIVE)),
        Ok(_) => None,
        Err(error) => Some(match (meant(text, error), error) {
            (Some(suggestion), _) => problem()
                .arg("suggestion", suggestion)
                .hint(rules::DID_YOU_MEAN),
            (None, DurationError::NoUnit) => problem().hint(UNIT),
            (None, DurationError::Days | DurationError::Other) => problem().hint(UNITS),
        }),
    }
}

/// What was meant: days in hours, a unit in full by its letter.
fn meant(text: &str, error: DurationError) -> Option<String> {
    match error {
        DurationError::Days => {
            let days: u32 = text.strip_suffix('d')?.parse().ok()?;
            Some(format!("{}h", u64::from(days) * 24))
        }
        DurationError::NoUnit => None,
        DurationError::Other => {
            let (number, unit) = WORDS.iter().find_map(|(word, unit)| {
                let number = text.strip_suffix(word)?;
                Some((number.trim_end(), unit))
            })?;
            let meant = format!("{number}{unit}");
            duration(&meant).is_ok().then_some(meant)
        }
    }
}

const NEGATIVE: Text = Text::new("leave the sign out", "请去掉负号");
const UNIT: Text = Text::new(
    "add a unit: `{value}s` for seconds, `{value}m` for minutes",
    "请加上单位：`{value}s` 表示秒，`{value}m` 表示分钟",
);
const UNITS: Text = Text::new(
    "the units are ns, us, ms, s, m and h",
    "可用单位：ns、us、ms、s、m、h",
);
