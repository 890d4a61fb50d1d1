//! Package `time`. A time is a text such as `2020-01-02T03:04:05.6+02:00`; a layout is how Go writes one: by the moment
//! Monday, January 2, 15:04:05 of 2006 as it would be written. There is no `Now`.
//!
//! | function | what it does |
//! |---|---|
//! | `Time(text)`, `Format(text, layout)` | whether it is a time, in RFC 3339 or in a layout |
//! | `FormatString(layout, time)` | the time in a layout; `format` |
//! | `Parse(layout, text)` | the time that a text in a layout stands for, in UTC; `parse` |
//! | `Unix(seconds, nanoseconds)` | the time so long after the beginning of 1970, in UTC |
//! | `Split(time)` | a struct of its parts |
//! | `Duration(text)` | whether it is a duration such as `1h30m`; `duration` |
//! | `ParseDuration(text)`, `FormatDuration(number)` | in nanoseconds |
//! | `Hour`, …; `January`, …; `Sunday`, …; `RFC3339`, … | nanoseconds, numbers, layouts |

mod civil;
mod duration;
mod format;
mod layout;
mod parse;
#[cfg(test)]
mod tests;

use super::{
    Answer, Builtin, CallError, Constant, Member, Param as P, failed, function, int, string, text,
    validator,
};
use crate::Value;
use civil::Moment;

const NAME: &str = "time";
const ONE: &[P] = &[P::String];
const TWO: &[P] = &[P::String, P::String];

const RFC3339_NANO: &str = "2006-01-02T15:04:05.999999999Z07:00";

pub(super) static OTHERS: &[(&str, Member)] = &[
    ("Nanosecond", number(1)),
    ("Microsecond", number(1_000)),
    ("Millisecond", number(1_000_000)),
    ("Second", number(duration::SECOND)),
    ("Minute", number(60 * duration::SECOND)),
    ("Hour", number(3600 * duration::SECOND)),
    ("ANSIC", layout("Mon Jan _2 15:04:05 2006")),
    ("UnixDate", layout("Mon Jan _2 15:04:05 MST 2006")),
    ("RubyDate", layout("Mon Jan 02 15:04:05 -0700 2006")),
    ("RFC822", layout("02 Jan 06 15:04 MST")),
    ("RFC822Z", layout("02 Jan 06 15:04 -0700")),
    ("RFC850", layout("Monday, 02-Jan-06 15:04:05 MST")),
    ("RFC1123", layout("Mon, 02 Jan 2006 15:04:05 MST")),
    ("RFC1123Z", layout("Mon, 02 Jan 2006 15:04:05 -0700")),
    ("RFC3339", layout("2006-01-02T15:04:05Z07:00")),
    ("RFC3339Nano", layout(RFC3339_NANO)),
    ("RFC3339Date", layout("2006-01-02")),
    ("Kitchen", layout("3:04PM")),
    ("Kitchen24", layout("15:04")),
    ("January", number(1)),
    ("February", number(2)),
    ("March", number(3)),
    ("April", number(4)),
    ("May", number(5)),
    ("June", number(6)),
    ("July", number(7)),
    ("August", number(8)),
    ("September", number(9)),
    ("October", number(10)),
    ("November", number(11)),
    ("December", number(12)),
    ("Sunday", number(0)),
    ("Monday", number(1)),
    ("Tuesday", number(2)),
    ("Wednesday", number(3)),
    ("Thursday", number(4)),
    ("Friday", number(5)),
    ("Saturday", number(6)),
];

pub(super) static FUNCTIONS: &[Builtin] = &[
    validator(NAME, "Time", ONE, |a| {
        moment(RFC3339_NANO, text(a, 0)).map(|_| Value::Bool(true))
    }),
    validator(NAME, "Format", TWO, |a| {
        moment(text(a, 1), text(a, 0)).map(|_| Value::Bool(true))
    }),
    function(NAME, "FormatString", TWO, |a| {
        let moment = moment(RFC3339_NANO, text(a, 1))?;
        string(format::format(&moment, text(a, 0)))
    }),
    function(NAME, "Parse", TWO, |a| {
        let moment = moment(text(a, 0), text(a, 1))?.in_utc();
        string(format::format(&moment, RFC3339_NANO))
    }),
    function(NAME, "Unix", &[P::Int, P::Int], |a| {
        let moment = Moment::unix(int(a, 0)?, int(a, 1)?);
        string(format::format(&moment, RFC3339_NANO))
    }),
    function(NAME, "Split", ONE, |a| {
        split(&moment(RFC3339_NANO, text(a, 0))?)
    }),
    validator(NAME, "Duration", ONE, |a| {
        duration(text(a, 0)).map(|_| Value::Bool(true))
    }),
    function(NAME, "ParseDuration", ONE, |a| {
        Ok(Value::Number(duration(text(a, 0))?.into()))
    }),
    function(NAME, "FormatDuration", &[P::Int], |a| {
        string(duration::format(int(a, 0)?))
    }),
];

const fn number(value: i64) -> Member {
    Member::Constant(Constant::Int(value))
}

const fn layout(layout: &'static str) -> Member {
    Member::Constant(Constant::Text(layout))
}

fn moment(layout: &str, text: &str) -> Result<Moment, CallError> {
    parse::parse(layout, text).ok_or_else(|| failed("this is no time in that layout"))
}

fn duration(text: &str) -> Result<i64, CallError> {
    duration::parse(text).ok_or_else(|| failed("this is no duration such as `1h30m` or `1.5s`"))
}

fn split(moment: &Moment) -> Answer {
    let (date, clock) = (moment.date(), moment.clock());
    let parts = [
        ("year", date.year),
        ("month", date.month),
        ("day", date.day),
        ("hour", clock.hour),
        ("minute", clock.minute),
        ("second", clock.second),
        ("nanosecond", moment.nanosecond),
    ];
    let parts = parts.map(|(name, part)| (name.into(), Value::Number(part.into())));
    Ok(Value::Struct(parts.into()))
}
