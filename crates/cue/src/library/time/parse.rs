//! A text in a layout as a moment. It is read as Go reads it: names in letters of either case, numbers with or without
//! the zero before them where the layout has none, fractions of a second wherever there are seconds.

use super::{
    civil::{Clock, Moment, days_before_month, days_in, is_leap, seconds},
    format::{MONTHS, WEEKDAYS},
    layout::{self, Offset, OffsetParts, Padding, Part},
};

/// What has been read so far.
#[derive(Debug, Default)]
struct Fields {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
    morning: bool,
    afternoon: bool,
    utc: bool,
    offset: Option<i64>,
    zone: Option<String>,
}

/// Reads all of a text; `None` when it is not of the layout or no time.
pub(super) fn parse(layout: &str, text: &str) -> Option<Moment> {
    let mut fields = Fields::default();
    let (mut layout, mut rest) = (layout.as_bytes(), text.as_bytes());
    loop {
        let (before, part, after) = layout::next(layout);
        rest = skip(rest, before)?;
        layout = after;
        match part {
            Some(part) => rest = fields.read(part, layout, rest)?,
            None if rest.is_empty() => return fields.moment(),
            None => return None,
        }
    }
}

// === impl Fields ===

impl Fields {
    /// Reads a part; `layout` is what follows it.
    fn read<'t>(&mut self, part: Part, layout: &[u8], text: &'t [u8]) -> Option<&'t [u8]> {
        match part {
            Part::LongYear => {
                let (year, rest) = text.split_at_checked(4)?;
                self.year = year[0].is_ascii_digit().then(|| integer(year))??;
                Some(rest)
            }
            Part::Year => {
                let (year, rest) = text.split_at_checked(2)?;
                let year = integer(year)?;
                self.year = year + if year >= 69 { 1900 } else { 2000 };
                Some(rest)
            }
            Part::LongMonth | Part::Month => {
                let (month, rest) = name(&MONTHS, part == Part::LongMonth, text)?;
                self.month = Some(month + 1);
                Some(rest)
            }
            // Read, but not compared with the date.
            Part::LongWeekday | Part::Weekday => {
                let (_, rest) = name(&WEEKDAYS, part == Part::LongWeekday, text)?;
                Some(rest)
            }
            Part::MonthNumber { padded } => {
                let (month, rest) = number(text, padded)?;
                self.month = Some(month);
                (1..=12).contains(&month).then_some(rest)
            }
            Part::Day(padding) => {
                let (day, rest) = number(unpadded(text, padding, 1), padding == Padding::Zero)?;
                self.day = Some(day);
                Some(rest)
            }
            Part::DayOfYear(padding) => {
                let text = unpadded(text, padding, 2);
                let length = text
                    .iter()
                    .take(3)
                    .take_while(|byte| byte.is_ascii_digit())
                    .count();
                let (day, rest) = text.split_at(length);
                let fits = length == 3 || (length > 0 && padding != Padding::Zero);
                self.day_of_year = Some(fits.then(|| integer(day))??);
                Some(rest)
            }
            Part::Hour => self.hour(text, false, 23),
            Part::Hour12 { padded } => self.hour(text, padded, 12),
            Part::Minute { padded } => {
                let (minute, rest) = number(text, padded)?;
                self.minute = minute;
                (minute < 60).then_some(rest)
            }
            Part::Second { padded } => self.second(text, padded, layout),
            Part::HalfOfDay { capitals } => {
                let (half, rest) = text.split_at_checked(2)?;
                let (morning, afternoon): (&[u8], &[u8]) = match capitals {
                    true => (b"AM", b"PM"),
                    false => (b"am", b"pm"),
                };
                self.morning |= half == morning;
                self.afternoon |= half == afternoon;
                (half == morning || half == afternoon).then_some(rest)
            }
            Part::Offset(form) => self.offset(text, form),
            Part::ZoneName => {
                if let Some(rest) = text.strip_prefix(b"UTC") {
                    self.utc = true;
                    return Some(rest);
                }
                let (name, rest) = text.split_at(zone_length(text)?);
                self.zone = Some(String::from_utf8_lossy(name).into_owned());
                Some(rest)
            }
            Part::Fraction {
                digits,
                short: false,
                ..
            } => {
                let (fraction, rest) = text.split_at_checked(digits + 1)?;
                self.nanosecond = nanoseconds(fraction)?;
                Some(rest)
            }
            Part::Fraction { short: true, .. } => self.fraction(text),
        }
    }

    fn hour<'t>(&mut self, text: &'t [u8], padded: bool, last: i64) -> Option<&'t [u8]> {
        let (hour, rest) = number(text, padded)?;
        self.hour = hour;
        (hour <= last).then_some(rest)
    }

    fn second<'t>(&mut self, text: &'t [u8], padded: bool, layout: &[u8]) -> Option<&'t [u8]> {
        let (second, rest) = number(text, padded)?;
        self.second = second;
        if second >= 60 {
            return None;
        }
        match layout::next(layout).1 {
            Some(Part::Fraction { .. }) => Some(rest),
            _ => self.fraction(rest),
        }
    }

    /// A fraction of a second, if there is one.
    fn fraction<'t>(&mut self, text: &'t [u8]) -> Option<&'t [u8]> {
        let [b'.' | b',', digits @ ..] = text else {
            return Some(text);
        };
        let length = digits
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if length == 0 {
            return Some(text);
        }
        let (fraction, rest) = text.split_at(length + 1);
        self.nanosecond = nanoseconds(fraction)?;
        Some(rest)
    }

    fn offset<'t>(&mut self, text: &'t [u8], form: Offset) -> Option<&'t [u8]> {
        if form.zulu
            && let Some(rest) = text.strip_prefix(b"Z")
        {
            self.utc = true;
            return Some(rest);
        }
        let (sign, mut rest) = text.split_first()?;
        let count = match form.parts {
            OffsetParts::Hours => 1,
            OffsetParts::Minutes => 2,
            OffsetParts::Seconds => 3,
        };
        let mut parts = [0; 3];
        for (index, part) in parts.iter_mut().take(count).enumerate() {
            if form.colons && index > 0 {
                rest = rest.strip_prefix(b":")?;
            }
            let (digits, behind) = rest.split_at_checked(2)?;
            (*part, _) = number(digits, true)?;
            rest = behind;
        }
        // Some write 24 hours or 60 minutes.
        let [hours, minutes, seconds] = parts;
        if hours > 24 || minutes > 60 || seconds > 60 {
            return None;
        }
        let size = (hours * 60 + minutes) * 60 + seconds;
        let offset = match sign {
            b'+' => size,
            b'-' => -size,
            _ => return None,
        };
        // An offset of -1 second counts as none in Go.
        self.offset = Some(offset).filter(|offset| *offset != -1);
        Some(rest)
    }

    fn moment(self) -> Option<Moment> {
        let hour = match self.hour {
            hour @ ..12 if self.afternoon => hour + 12,
            12 if self.morning && !self.afternoon => 0,
            hour => hour,
        };
        let (month, day) = match self.day_of_year {
            Some(day_of_year) => {
                let (month, day) = date_of(self.year, day_of_year)?;
                let agrees = self.month.is_none_or(|known| known == month)
                    && self.day.is_none_or(|known| known == day);
                agrees.then_some((month, day))?
            }
            None => (self.month.unwrap_or(1), self.day.unwrap_or(1)),
        };
        if !(1..=days_in(self.year, month)).contains(&day) {
            return None;
        }
        let clock = Clock {
            hour,
            minute: self.minute,
            second: self.second,
        };
        let seconds = seconds(self.year, month, day, clock);
        // What says UTC counts for more than an offset, and that for more than a name.
        let (seconds, offset, zone) = match (self.utc, self.offset, self.zone) {
            (true, _, _) | (_, Some(0), _) | (_, None, None) => (seconds, 0, "UTC".to_owned()),
            (_, Some(offset), name) => (seconds - offset, offset, name.unwrap_or_default()),
            // The offset of a zone that is only named is not known; of `GMT+3` it is shown, but not taken off.
            (_, None, Some(name)) => {
                let hours = name
                    .strip_prefix("GMT")
                    .and_then(|hours| integer(hours.as_bytes()));
                (seconds, hours.unwrap_or(0) * 3600, name)
            }
        };
        Some(Moment {
            seconds,
            nanosecond: self.nanosecond,
            offset,
            zone,
        })
    }
}

fn date_of(year: i64, day_of_year: i64) -> Option<(i64, i64)> {
    let length = if is_leap(year) { 366 } else { 365 };
    if !(1..=length).contains(&day_of_year) {
        return None;
    }
    let mut months = (1..=12).rev();
    let month = months.find(|month| days_before_month(year, *month) < day_of_year)?;
    Some((month, day_of_year - days_before_month(year, month)))
}

/// What follows a text of the layout. Spaces match any number of them, also none at the end.
fn skip<'t>(text: &'t [u8], mut before: &[u8]) -> Option<&'t [u8]> {
    let mut rest = text;
    while let Some((&first, more)) = before.split_first() {
        if first == b' ' {
            if rest.first().is_some_and(|byte| *byte != b' ') {
                return None;
            }
            before = without_spaces(before);
            rest = without_spaces(rest);
            continue;
        }
        rest = rest.strip_prefix(&[first])?;
        before = more;
    }
    Some(rest)
}

fn without_spaces(text: &[u8]) -> &[u8] {
    let spaces = text.iter().take_while(|byte| **byte == b' ').count();
    &text[spaces..]
}

fn unpadded(text: &[u8], padding: Padding, most: usize) -> &[u8] {
    let spaces = text
        .iter()
        .take(most)
        .take_while(|byte| **byte == b' ')
        .count();
    match padding {
        Padding::Space => &text[spaces..],
        Padding::None | Padding::Zero => text,
    }
}

/// The place of the name that a text begins with, all of it or its first three letters.
fn name<'t>(names: &[&str], long: bool, text: &'t [u8]) -> Option<(i64, &'t [u8])> {
    names.iter().zip(0..).find_map(|(name, index)| {
        let length = if long { name.len() } else { 3 };
        let (begin, rest) = text.split_at_checked(length)?;
        let matches = begin.eq_ignore_ascii_case(&name.as_bytes()[..length]);
        matches.then_some((index, rest))
    })
}

/// Two digits, or one when that is enough.
fn number(text: &[u8], padded: bool) -> Option<(i64, &[u8])> {
    let length = text
        .iter()
        .take(2)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let (digits, rest) = text.split_at(length);
    match length {
        2 => Some((integer(digits)?, rest)),
        1 if !padded => Some((integer(digits)?, rest)),
        _ => None,
    }
}

/// All of a text as an integer, with or without a sign.
fn integer(text: &[u8]) -> Option<i64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// Of a separator and digits, of which nine count.
fn nanoseconds(fraction: &[u8]) -> Option<i64> {
    let [b'.' | b',', digits @ ..] = fraction else {
        return None;
    };
    let digits = &digits[..digits.len().min(9)];
    let value = integer(digits).filter(|value| *value >= 0)?;
    let missing = u32::try_from(9 - digits.len()).unwrap_or(0);
    Some(value * 10_i64.pow(missing))
}

/// How long the name of a zone is that a text begins with.
fn zone_length(text: &[u8]) -> Option<usize> {
    if text.len() < 3 {
        return None;
    }
    // The only ones with small letters.
    if text.starts_with(b"ChST") || text.starts_with(b"MeST") {
        return Some(4);
    }
    if let Some(offset) = text.strip_prefix(b"GMT") {
        return Some(3 + signed_length(offset));
    }
    if matches!(text[0], b'+' | b'-') {
        return Some(signed_length(text)).filter(|length| *length > 0);
    }
    let capitals = text
        .iter()
        .take(6)
        .take_while(|byte| byte.is_ascii_uppercase())
        .count();
    match capitals {
        3 => Some(3),
        4 if text[3] == b'T' || text.starts_with(b"WITA") => Some(4),
        5 if text[4] == b'T' => Some(5),
        _ => None,
    }
}

/// How long `+3` is; nothing for hours beyond 23.
fn signed_length(text: &[u8]) -> usize {
    let [b'+' | b'-', digits @ ..] = text else {
        return 0;
    };
    let length = digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    match integer(&digits[..length]) {
        Some(0..=23) => 1 + length,
        Some(_) | None => 0,
    }
}
