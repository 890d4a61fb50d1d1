//! Layouts, taken apart.

/// What a layout says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    LongMonth,
    Month,
    MonthNumber {
        padded: bool,
    },
    LongWeekday,
    Weekday,
    Day(Padding),
    DayOfYear(Padding),
    Hour,
    Hour12 {
        padded: bool,
    },
    Minute {
        padded: bool,
    },
    Second {
        padded: bool,
    },
    LongYear,
    Year,
    HalfOfDay {
        capitals: bool,
    },
    /// `MST`
    ZoneName,
    Offset(Offset),
    /// A point or comma, and so many digits; those that are zero at the end are left out where it is written with 9.
    Fraction {
        separator: u8,
        digits: usize,
        short: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Padding {
    None,
    Space,
    Zero,
}

/// `-07:00` and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offset {
    /// `Z` for no offset.
    pub(super) zulu: bool,
    pub(super) colons: bool,
    pub(super) parts: OffsetParts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OffsetParts {
    Hours,
    Minutes,
    Seconds,
}

/// The text before the first part of a layout, that part, and the rest of the layout. Without a part all is text.
pub(super) fn next(layout: &[u8]) -> (&[u8], Option<Part>, &[u8]) {
    for at in 0..layout.len() {
        let rest = &layout[at..];
        // `_2006` is an underscore and a year.
        if rest.starts_with(b"_2006") {
            return (&layout[..=at], Some(Part::LongYear), &rest[5..]);
        }
        if let Some((part, length)) = part(rest) {
            return (&layout[..at], Some(part), &rest[length..]);
        }
    }
    (layout, None, &[])
}

/// What has names that begin alike stands with the longest first.
const PARTS: [(&[u8], Part); 37] = [
    (b"January", Part::LongMonth),
    (b"Jan", Part::Month),
    (b"Monday", Part::LongWeekday),
    (b"Mon", Part::Weekday),
    (b"MST", Part::ZoneName),
    (b"002", Part::DayOfYear(Padding::Zero)),
    (b"01", Part::MonthNumber { padded: true }),
    (b"02", Part::Day(Padding::Zero)),
    (b"03", Part::Hour12 { padded: true }),
    (b"04", Part::Minute { padded: true }),
    (b"05", Part::Second { padded: true }),
    (b"06", Part::Year),
    (b"15", Part::Hour),
    (b"1", Part::MonthNumber { padded: false }),
    (b"2006", Part::LongYear),
    (b"2", Part::Day(Padding::None)),
    (b"__2", Part::DayOfYear(Padding::Space)),
    (b"_2", Part::Day(Padding::Space)),
    (b"3", Part::Hour12 { padded: false }),
    (b"4", Part::Minute { padded: false }),
    (b"5", Part::Second { padded: false }),
    (b"PM", Part::HalfOfDay { capitals: true }),
    (b"pm", Part::HalfOfDay { capitals: false }),
    (b"-070000", offset(false, false, OffsetParts::Seconds)),
    (b"-07:00:00", offset(false, true, OffsetParts::Seconds)),
    (b"-0700", offset(false, false, OffsetParts::Minutes)),
    (b"-07:00", offset(false, true, OffsetParts::Minutes)),
    (b"-07", offset(false, false, OffsetParts::Hours)),
    (b"Z070000", offset(true, false, OffsetParts::Seconds)),
    (b"Z07:00:00", offset(true, true, OffsetParts::Seconds)),
    (b"Z0700", offset(true, false, OffsetParts::Minutes)),
    (b"Z07:00", offset(true, true, OffsetParts::Minutes)),
    (b"Z07", offset(true, false, OffsetParts::Hours)),
    (b".0", fraction(b'.', false)),
    (b".9", fraction(b'.', true)),
    (b",0", fraction(b',', false)),
    (b",9", fraction(b',', true)),
];

const fn offset(zulu: bool, colons: bool, parts: OffsetParts) -> Part {
    Part::Offset(Offset {
        zulu,
        colons,
        parts,
    })
}

const fn fraction(separator: u8, short: bool) -> Part {
    Part::Fraction {
        separator,
        digits: 0,
        short,
    }
}

/// The part that a layout begins with, and its length.
fn part(layout: &[u8]) -> Option<(Part, usize)> {
    let mut known = PARTS.iter().filter(|(name, _)| layout.starts_with(name));
    let (name, part) = known.find(|(name, part)| match part {
        // `Janet` is no month.
        Part::Month | Part::Weekday => !layout.get(name.len()).is_some_and(u8::is_ascii_lowercase),
        _ => true,
    })?;
    let Part::Fraction {
        separator, short, ..
    } = *part
    else {
        return Some((*part, name.len()));
    };
    let digit = name[1];
    let digits = layout[1..]
        .iter()
        .take_while(|byte| **byte == digit)
        .count();
    // Other digits behind them make it a number.
    if layout.get(digits + 1).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let part = Part::Fraction {
        separator,
        digits,
        short,
    };
    Some((part, digits + 1))
}
