//! Moments, and the dates and clocks of the proleptic Gregorian calendar.

const DAY: i128 = 86_400;

/// Go counts seconds from here on, before 1970, and begins anew 2^64 seconds later.
const FIRST: i128 = -9_223_372_028_741_760_000;

/// A moment as it is seen in some zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    /// Since the beginning of 1970, in UTC.
    pub(super) seconds: i64,
    pub(super) nanosecond: i64,
    /// How many seconds its zone is ahead.
    pub(super) offset: i64,
    /// The zone's name; empty when only its offset is known.
    pub(super) zone: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    /// From 1 on.
    pub(super) day_of_year: i64,
    /// From Sunday on, which is 0.
    pub(super) weekday: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
}

// === impl Moment ===

impl Moment {
    pub(super) fn unix(seconds: i64, nanoseconds: i64) -> Self {
        const SECOND: i64 = 1_000_000_000;
        Self {
            // Go's integers begin anew where they end.
            seconds: seconds.wrapping_add(nanoseconds.div_euclid(SECOND)),
            nanosecond: nanoseconds.rem_euclid(SECOND),
            offset: 0,
            zone: "UTC".to_owned(),
        }
    }

    pub(super) fn in_utc(self) -> Self {
        Self {
            offset: 0,
            zone: "UTC".to_owned(),
            ..self
        }
    }

    pub(super) fn date(&self) -> Date {
        date(i64::try_from(self.local().div_euclid(DAY)).unwrap_or(0))
    }

    pub(super) fn clock(&self) -> Clock {
        let second = i64::try_from(self.local().rem_euclid(DAY)).unwrap_or(0);
        Clock {
            hour: second / 3600,
            minute: second / 60 % 60,
            second: second % 60,
        }
    }

    fn local(&self) -> i128 {
        let local = i128::from(self.seconds) + i128::from(self.offset);
        (local - FIRST).rem_euclid(1 << 64) + FIRST
    }
}

/// Seconds since the beginning of 1970.
pub(super) fn seconds(year: i64, month: i64, day: i64, clock: Clock) -> i64 {
    let days = days_before_year(year) + days_before_month(year, month) + day - 1;
    days * 86_400 + clock.hour * 3600 + clock.minute * 60 + clock.second
}

pub(super) fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub(super) fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days of a year before a month; before the thirteenth those of the whole year.
pub(super) fn days_before_month(year: i64, month: i64) -> i64 {
    (1..month).map(|month| days_in(year, month)).sum()
}

/// From the beginning of 1970 on.
fn days_before_year(year: i64) -> i64 {
    let before = year - 1;
    let leap = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    // The years 1 to 1969 have 719162 days.
    before * 365 + leap - 719_162
}

fn date(days: i64) -> Date {
    let mut year = 1970 + days / 366;
    // The estimate is too near; the rest is made up in ever smaller steps.
    loop {
        let rest = days - days_before_year(year);
        let length = if is_leap(year) { 366 } else { 365 };
        if (0..length).contains(&rest) {
            let months = (1..=12).rev();
            let month = { months }.find(|month| days_before_month(year, *month) <= rest);
            let month = month.unwrap_or(1);
            return Date {
                year,
                month,
                day: rest - days_before_month(year, month) + 1,
                day_of_year: rest + 1,
                // The first day of 1970 was a Thursday.
                weekday: usize::try_from((days + 4).rem_euclid(7)).unwrap_or(0),
            };
        }
        year += match rest / 366 {
            0 => rest.signum(),
            years => years,
        };
    }
}
