//! Doubles and floats to text, in all of Go's formats.

use std::fmt::Write as _;

use super::shortest::shortest;
use crate::{
    Number, Value,
    library::{Answer, CallError, MAX_ANSWER, failed, int, string},
};

/// No double has more digits than these; behind them come zeros.
const MAX_DIGITS: usize = 1100;

/// The limits of what is taken for a double, as digits.
const SMALLEST: &str = "4.940656458412465441765687928682213723651e-324";
const LARGEST: &str = "1.797693134862315708145274237317043567981e+308";

/// The digits of a number: `0.d1d2d3… * 10^point`, without zeros at the end.
struct Digits {
    digits: Vec<u8>,
    point: i64,
}

/// The parts of a binary number: `mantissa * 2^exponent`.
struct Binary {
    mantissa: u64,
    exponent: i64,
    /// The bits of a full mantissa behind the first one.
    bits: u32,
}

/// `FormatFloat`: `e E f g G` in decimal, `x X` in hexadecimal, `b` as mantissa and power of two. A negative number
/// of digits is the smallest that tells the number from its neighbours.
pub(super) fn format_float(arguments: &[Value]) -> Answer {
    let Some(Value::Number(number)) = arguments.first() else {
        return Err(failed("a number was expected"));
    };
    let value = double(number)?;
    let verb = u8::try_from(int(arguments, 1)?).map_err(|_| failed("this is no format"))?;
    let precision = int(arguments, 2)?;
    let single = match int(arguments, 3)? {
        32 => true,
        64 => false,
        bits => return Err(failed(format!("{bits} is no size in bits"))),
    };
    let value = if single {
        f64::from(value as f32)
    } else {
        value
    };
    if value.is_infinite() {
        return string(if value > 0.0 { "+Inf" } else { "-Inf" });
    }
    let precision = usize::try_from(precision).ok();
    if precision.is_some_and(|precision| precision > MAX_ANSWER) {
        return Err(CallError::TooLarge);
    }
    let mut out = String::from(if value < 0.0 { "-" } else { "" });
    let value = value.abs();
    match verb {
        b'b' => {
            let binary = Binary::of(value, single);
            let sign = if binary.exponent < 0 { "" } else { "+" };
            push(
                &mut out,
                format_args!("{}p{sign}{}", binary.mantissa, binary.exponent),
            );
        }
        b'x' | b'X' => hexadecimal(&Binary::of(value, single), verb, precision, &mut out),
        b'e' | b'E' => {
            let digits = Digits::of(value, single, precision.map(|precision| precision + 1));
            let shown = precision.unwrap_or(digits.digits.len().saturating_sub(1));
            scientific(&digits, shown, verb, &mut out);
        }
        b'f' => {
            let digits = match precision {
                Some(precision) => Digits::with_places(value, precision),
                None => Digits::of(value, single, None),
            };
            let shown = precision.unwrap_or_else(|| digits.places());
            positional(&digits, shown, &mut out);
        }
        b'g' | b'G' => general(value, single, precision, verb, &mut out),
        verb => {
            // Go names the format it does not know.
            out.clear();
            out.push('%');
            out.push(match verb {
                0..=0x7f => char::from(verb),
                _ => char::REPLACEMENT_CHARACTER,
            });
        }
    }
    string(out)
}

fn double(number: &Number) -> Result<f64, CallError> {
    if number.is_zero() {
        return Ok(0.0);
    }
    let limit = |text: &str| Number::parse(text).unwrap_or_else(|| 0.into());
    let size = match number.is_negative() {
        true => number.negate(),
        false => number.clone(),
    };
    let fits = size.compare(&limit(SMALLEST)).is_ge() && size.compare(&limit(LARGEST)).is_le();
    let value = number.to_f64().filter(|_| fits);
    value.ok_or_else(|| failed("the number is out of the range of a double"))
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a string takes everything");
}

// === impl Digits ===

impl Digits {
    /// Rounded to so many digits, or the fewest that are enough.
    fn of(value: f64, single: bool, digits: Option<usize>) -> Self {
        let text = match digits {
            Some(digits) => format!("{value:.*e}", digits.clamp(1, MAX_DIGITS) - 1),
            None => shortest(value, single),
        };
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits = mantissa.bytes().filter(u8::is_ascii_digit).collect();
        Self::trimmed(digits, exponent.parse::<i64>().unwrap_or(0) + 1)
    }

    /// Rounded to so many places behind the point.
    fn with_places(value: f64, places: usize) -> Self {
        let text = format!("{value:.*}", places.min(MAX_DIGITS));
        let point = text.find('.').unwrap_or(text.len());
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        let point = i64::try_from(point).unwrap_or(0) - i64::try_from(zeros).unwrap_or(0);
        Self::trimmed(digits.get(zeros..).unwrap_or(&[]).to_vec(), point)
    }

    fn trimmed(mut digits: Vec<u8>, point: i64) -> Self {
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        let point = if digits.is_empty() { 0 } else { point };
        Self { digits, point }
    }

    /// The exponent of the first digit.
    fn exponent(&self) -> i64 {
        match self.digits.is_empty() {
            true => 0,
            false => self.point - 1,
        }
    }

    /// The digits behind the point.
    fn places(&self) -> usize {
        let length = i64::try_from(self.digits.len()).unwrap_or(i64::MAX);
        usize::try_from(length - self.point).unwrap_or(0)
    }
}

fn scientific(digits: &Digits, shown: usize, letter: u8, out: &mut String) {
    let mut figures = digits.digits.iter().map(|digit| char::from(*digit));
    out.push(figures.next().unwrap_or('0'));
    if shown > 0 {
        out.push('.');
        out.extend(figures.chain(std::iter::repeat('0')).take(shown));
    }
    let exponent = digits.exponent();
    let sign = if exponent < 0 { '-' } else { '+' };
    push(
        out,
        format_args!("{}{sign}{:02}", char::from(letter), exponent.abs()),
    );
}

fn positional(digits: &Digits, places: usize, out: &mut String) {
    let figure = |at: i64| {
        let digit = usize::try_from(at)
            .ok()
            .and_then(|at| digits.digits.get(at));
        digit.map_or('0', |digit| char::from(*digit))
    };
    match digits.point > 0 {
        true => out.extend((0..digits.point).map(figure)),
        false => out.push('0'),
    }
    if places > 0 {
        out.push('.');
        let places = i64::try_from(places).unwrap_or(i64::MAX);
        out.extend((0..places).map(|place| figure(digits.point + place)));
    }
}

/// `g`: in scientific form when the exponent is below -4 or has no place in the digits.
fn general(value: f64, single: bool, precision: Option<usize>, verb: u8, out: &mut String) {
    let precision = precision.map(|precision| precision.max(1));
    let digits = Digits::of(value, single, precision);
    let length = digits.digits.len();
    let point = usize::try_from(digits.point).unwrap_or(0);
    let limit = match precision {
        None => 6,
        Some(precision) if precision > length && length >= point => length,
        Some(precision) => precision,
    };
    let exponent = digits.point - 1;
    if exponent < -4 || exponent >= i64::try_from(limit).unwrap_or(i64::MAX) {
        let shown = precision.unwrap_or(length).min(length).saturating_sub(1);
        let letter = if verb == b'g' { b'e' } else { b'E' };
        scientific(&digits, shown, letter, out);
    } else {
        positional(&digits, digits.places(), out);
    }
}

// === impl Binary ===

impl Binary {
    fn of(value: f64, single: bool) -> Self {
        let (raw, bits, bias, width) = match single {
            true => (u64::from((value as f32).to_bits()), 23, 127, 8),
            false => (value.to_bits(), 52, 1023, 11),
        };
        let mantissa = raw & ((1 << bits) - 1);
        let exponent = i64::try_from(raw >> bits & ((1 << width) - 1)).unwrap_or(0);
        let (mantissa, exponent) = match exponent {
            0 => (mantissa, 1),
            exponent => (mantissa | 1 << bits, exponent),
        };
        Self {
            mantissa,
            exponent: exponent - bias - i64::from(bits),
            bits,
        }
    }
}

/// `x`: one figure in front of the point, 1 unless the number is zero.
fn hexadecimal(binary: &Binary, verb: u8, precision: Option<usize>, out: &mut String) {
    /// The place of the figure in front of the point, and so the bits behind it: 15 figures.
    const POINT: u32 = 60;
    let mut mantissa = binary.mantissa;
    let mut exponent = match mantissa {
        0 => 0,
        _ => binary.exponent + i64::from(binary.bits),
    };
    mantissa <<= POINT - binary.bits;
    while mantissa != 0 && mantissa >> POINT == 0 {
        mantissa <<= 1;
        exponent -= 1;
    }
    if let Some(shown @ 0..15) = precision {
        let lost = POINT - 4 * u32::try_from(shown).unwrap_or(0);
        let rest = mantissa & ((1 << lost) - 1);
        let half = 1_u64 << (lost - 1);
        mantissa >>= lost;
        if rest > half || (rest == half && mantissa & 1 == 1) {
            mantissa += 1;
        }
        mantissa <<= lost;
        if mantissa >> (POINT + 1) != 0 {
            mantissa >>= 1;
            exponent += 1;
        }
    }
    let fraction = mantissa & ((1 << POINT) - 1);
    let figures = format!("{fraction:015x}");
    let figures = match precision {
        None => figures.trim_end_matches('0').to_owned(),
        Some(shown) => figures
            .chars()
            .chain(std::iter::repeat('0'))
            .take(shown)
            .collect(),
    };
    let point = if figures.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    let text = format!(
        "0x{}{point}{figures}p{sign}{:02}",
        mantissa >> POINT,
        exponent.abs()
    );
    match verb {
        b'X' => out.push_str(&text.to_ascii_uppercase()),
        _ => out.push_str(&text),
    }
}
