//! A moment in a layout.

use super::{
    civil::Moment,
    layout::{self, Offset, OffsetParts, Padding, Part},
};

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub(super) const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

pub(super) fn format(moment: &Moment, layout: &str) -> String {
    let mut out = String::new();
    let mut rest = layout.as_bytes();
    loop {
        let (before, part, after) = layout::next(rest);
        // Parts are ASCII, so that what stands between them is text.
        out.push_str(&String::from_utf8_lossy(before));
        match part {
            Some(part) => write(moment, part, &mut out),
            None => return out,
        }
        rest = after;
    }
}

fn write(moment: &Moment, part: Part, out: &mut String) {
    let (date, clock) = (moment.date(), moment.clock());
    let month = usize::try_from(date.month - 1).unwrap_or(0);
    let month = MONTHS.get(month).copied().unwrap_or("");
    let weekday = WEEKDAYS.get(date.weekday).copied().unwrap_or("");
    match part {
        Part::LongMonth => out.push_str(month),
        Part::Month => out.push_str(&month[..3]),
        Part::MonthNumber { padded } => number(date.month, 2, zero(padded), out),
        Part::LongWeekday => out.push_str(weekday),
        Part::Weekday => out.push_str(&weekday[..3]),
        Part::Day(padding) => number(date.day, 2, padding, out),
        Part::DayOfYear(padding) => number(date.day_of_year, 3, padding, out),
        Part::Hour => number(clock.hour, 2, Padding::Zero, out),
        Part::Hour12 { padded } => number((clock.hour + 11) % 12 + 1, 2, zero(padded), out),
        Part::Minute { padded } => number(clock.minute, 2, zero(padded), out),
        Part::Second { padded } => number(clock.second, 2, zero(padded), out),
        Part::LongYear => {
            if date.year < 0 {
                out.push('-');
            }
            number(date.year.abs(), 4, Padding::Zero, out);
        }
        Part::Year => number(date.year.max(0) % 100, 2, Padding::Zero, out),
        Part::HalfOfDay { capitals } => out.push_str(match (clock.hour >= 12, capitals) {
            (true, true) => "PM",
            (true, false) => "pm",
            (false, true) => "AM",
            (false, false) => "am",
        }),
        Part::ZoneName if moment.zone.is_empty() => {
            let plain = Offset {
                zulu: false,
                colons: false,
                parts: OffsetParts::Minutes,
            };
            offset(moment.offset, plain, out);
        }
        Part::ZoneName => out.push_str(&moment.zone),
        Part::Offset(form) => offset(moment.offset, form, out),
        Part::Fraction {
            separator,
            digits,
            short,
        } => fraction(moment.nanosecond, separator, digits, short, out),
    }
}

const fn zero(padded: bool) -> Padding {
    match padded {
        true => Padding::Zero,
        false => Padding::None,
    }
}

fn number(value: i64, width: usize, padding: Padding, out: &mut String) {
    out.push_str(&match padding {
        Padding::None => value.to_string(),
        Padding::Space => format!("{value:width$}"),
        Padding::Zero => format!("{value:0width$}"),
    });
}

fn offset(seconds: i64, form: Offset, out: &mut String) {
    if form.zulu && seconds == 0 {
        out.push('Z');
        return;
    }
    // Less than a minute has no sign.
    let minutes = (seconds / 60).abs();
    out.push(if seconds <= -60 { '-' } else { '+' });
    let rest = if seconds <= -60 { -seconds } else { seconds };
    let colon = if form.colons { ":" } else { "" };
    number(minutes / 60, 2, Padding::Zero, out);
    if form.parts != OffsetParts::Hours {
        out.push_str(colon);
        number(minutes % 60, 2, Padding::Zero, out);
    }
    if form.parts == OffsetParts::Seconds {
        out.push_str(colon);
        number(rest % 60, 2, Padding::Zero, out);
    }
}

fn fraction(nanosecond: i64, separator: u8, digits: usize, short: bool, out: &mut String) {
    let all = format!("{nanosecond:09}");
    let kept = &all[..digits.min(9)];
    let kept = match short {
        true => kept.trim_end_matches('0'),
        false => kept,
    };
    if !short || !kept.is_empty() {
        out.push(char::from(separator));
        out.push_str(kept);
    }
}
