//! The `Retry-After` header: seconds, fractions of them, or a date.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, header::RETRY_AFTER};
use jiff::Timestamp;

/// No answer is believed to ask for a longer pause.
pub(crate) const LONGEST: Duration = Duration::from_secs(60 * 60);

/// The pause that a header asks for; nonsense and the past count as no header.
pub(crate) fn parse(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let pause = if let Ok(seconds) = text.parse::<f64>() {
        from_seconds(seconds)?
    } else {
        let then = httpdate::parse_http_date(text).ok()?;
        then.duration_since(SystemTime::from(now)).ok()?
    };
    Some(pause.min(LONGEST))
}

/// Seconds as a pause, bounded; `None` for what is negative or no number.
pub(crate) fn from_seconds(seconds: f64) -> Option<Duration> {
    (seconds >= 0.0).then(|| Duration::from_secs_f64(seconds.min(LONGEST.as_secs_f64())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(text: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, text.parse().expect("a header value"));
        let now = "2026-01-01T00:00:00Z".parse().expect("a time");
        parse(&headers, now)
    }

    #[test]
    fn seconds_fractions_and_dates_are_understood() {
        assert_eq!(pause("30"), Some(Duration::from_secs(30)));
        assert_eq!(pause(" 1.5 "), Some(Duration::from_millis(1500)));
        assert_eq!(pause("0"), Some(Duration::ZERO));
        let date = pause("Thu, 01 Jan 2026 00:00:45 GMT");
        assert_eq!(date, Some(Duration::from_secs(45)));
    }

    #[test]
    fn huge_is_capped() {
        for text in [
            "99999999999999999999",
            "1e300",
            "inf",
            "Fri, 31 Dec 9999 23:59:59 GMT",
        ] {
            assert_eq!(pause(text), Some(LONGEST), "{text}");
        }
    }

    #[test]
    fn negative_past_and_garbage_count_as_absent() {
        for text in ["-1", "soon", "NaN", "", "Thu, 01 Jan 2015 00:00:45 GMT"] {
            assert_eq!(pause(text), None, "{text}");
        }
        assert_eq!(parse(&HeaderMap::new(), Timestamp::UNIX_EPOCH), None);
    }
}
