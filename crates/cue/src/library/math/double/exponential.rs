//! `exp` and the hyperbolic functions.

use std::f64::consts::{LN_2, LOG2_E};

use super::polynomial;

/// The logarithm of two in two parts, so that the products of the first with small integers are exact.
const LN_2_PARTS: [f64; 2] = [
    0.693_147_180_559_662_956_511_601_805_686_950_683_593_75,
    0.282_352_905_630_315_771_225_884_481_750_134_360_255_254_120_68e-12,
];
/// `1 / n!` from eight down to one.
const SERIES: [f64; 8] = [
    2.480_158_730_158_730_158_7e-5,
    1.984_126_984_126_984_127_0e-4,
    1.388_888_888_888_888_888_9e-3,
    8.333_333_333_333_333_333_3e-3,
    4.166_666_666_666_666_666_7e-2,
    1.666_666_666_666_666_666_7e-1,
    0.5,
    1.0,
];
/// The largest argument whose power of e is a double.
const LARGEST: f64 = 709.782_712_893_384;

const SINH_ABOVE: [f64; 4] = [
    -0.2630563213397497062819489e+2,
    -0.2894211355989563807284660366e+4,
    -0.8991272022039509355398013511e+5,
    -0.6307673640497716991184787251e+6,
];
const SINH_BELOW: [f64; 4] = [
    1.0,
    -0.173678953558233699533450911e+3,
    0.1521517378790019070696485176e+5,
    -0.6307673640497716991212077277e+6,
];
const TANH_ABOVE: [f64; 3] = [
    -9.64399179425052238628e-1,
    -9.92877231001918586564e1,
    -1.61468768441708447952e3,
];
const TANH_BELOW: [f64; 4] = [
    1.0,
    1.12811678491632931402e2,
    2.23548839060100448583e3,
    4.84406305325125486048e3,
];

/// The series of a sixteenth of what is left of the power of two, squared four times (Shibata, 2010). Sums and products
/// in one, as on processors that can.
pub(super) fn exp(x: f64) -> f64 {
    if x > LARGEST {
        return f64::INFINITY;
    }
    let twos = (x * LOG2_E).round_ties_even().max(-2000.0);
    let rest = LN_2_PARTS
        .iter()
        .fold(x, |rest, part| libm::fma(-twos, *part, rest));
    let small = rest * 0.0625;
    let [first, others @ ..] = SERIES;
    let series = others
        .iter()
        .fold(first, |sum, next| libm::fma(sum, small, *next));
    // One less than the power all the time, which keeps its digits: (1 + p)² - 1 = p (p + 2).
    let mut less = small * series;
    for _ in 0..3 {
        less *= less + 2.0;
    }
    let power = libm::fma(less, less + 2.0, 1.0);
    libm::ldexp(power, twos as i32)
}

pub(in super::super) fn sinh(x: f64) -> f64 {
    let size = x.abs();
    let value = match size {
        size if size > 21.0 => exp(size) * 0.5,
        size if size > 0.5 => {
            let power = exp(size);
            (power - 1.0 / power) * 0.5
        }
        size => {
            let square = size * size;
            polynomial(&SINH_ABOVE, square) * size / polynomial(&SINH_BELOW, square)
        }
    };
    if x < 0.0 { -value } else { value }
}

pub(in super::super) fn cosh(x: f64) -> f64 {
    let power = exp(x.abs());
    match x.abs() > 21.0 {
        true => power * 0.5,
        false => (power + 1.0 / power) * 0.5,
    }
}

pub(in super::super) fn tanh(x: f64) -> f64 {
    /// Half the logarithm of 2^127.
    const FLAT: f64 = 0.5 * 8.8029691931113054295988e+01;
    let size = x.abs();
    if size > FLAT {
        return 1_f64.copysign(x);
    }
    if size >= 0.625 {
        let power = exp(2.0 * size);
        return (1.0 - 2.0 / (power + 1.0)).copysign(x);
    }
    if x == 0.0 {
        return x;
    }
    let square = x * x;
    x + x * square * polynomial(&TANH_ABOVE, square) / polynomial(&TANH_BELOW, square)
}

pub(in super::super) fn asinh(x: f64) -> f64 {
    /// 2^28
    const LARGE: f64 = 268_435_456.0;
    let size = x.abs();
    let value = match size {
        size if size > LARGE => libm::log(size) + LN_2,
        size if size > 2.0 => libm::log(2.0 * size + 1.0 / ((size * size + 1.0).sqrt() + size)),
        size if size < 1.0 / LARGE => size,
        size => libm::log1p(size + size * size / (1.0 + (1.0 + size * size).sqrt())),
    };
    if x < 0.0 { -value } else { value }
}

pub(in super::super) fn acosh(x: f64) -> f64 {
    /// 2^28
    const LARGE: f64 = 268_435_456.0;
    match x {
        x if x < 1.0 => f64::NAN,
        1.0 => 0.0,
        x if x >= LARGE => libm::log(x) + LN_2,
        x if x > 2.0 => libm::log(2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt())),
        x => {
            let above = x - 1.0;
            libm::log1p(above + (2.0 * above + above * above).sqrt())
        }
    }
}
