//! Euler's gamma function: between two and three by a ratio of polynomials, far out by Stirling's formula.

use std::f64::consts::PI;

use super::{exponential::exp, polynomial, trigonometric::sin};

const ABOVE: [f64; 7] = [
    1.60119522476751861407e-04,
    1.19135147006586384913e-03,
    1.04213797561761569935e-02,
    4.76367800457137231464e-02,
    2.07448227648435975150e-01,
    4.94214826801497100753e-01,
    9.99999999999999996796e-01,
];
const BELOW: [f64; 8] = [
    -2.31581873324120129819e-05,
    5.39605580493303397842e-04,
    -4.45641913851797240494e-03,
    1.18139785222060435552e-02,
    3.58236398605498653373e-02,
    -2.34591795718243348568e-01,
    7.14304917030273074085e-02,
    1.00000000000000000320e+00,
];
const STIRLING: [f64; 5] = [
    7.87311395793093628397e-04,
    -2.29549961613378126380e-04,
    -2.68132617805781232825e-03,
    3.47222221605458667310e-03,
    8.33333333333482257126e-02,
];
const EULER: f64 = 0.577_215_664_901_532_860_606_512_090_082_402_431_042;

pub(in super::super) fn gamma(x: f64) -> f64 {
    if x == 0.0 {
        return f64::INFINITY.copysign(x);
    }
    if x < 0.0 && x == x.trunc() {
        return f64::NAN;
    }
    match x.abs() > 33.0 {
        true => far(x),
        false => near(x),
    }
}

fn far(x: f64) -> f64 {
    let size = x.abs();
    let (first, second) = stirling(size);
    if x >= 0.0 {
        return first * second;
    }
    let whole = size.floor();
    let sign = if whole % 2.0 == 0.0 { -1.0 } else { 1.0 };
    let mut fraction = size - whole;
    if fraction > 0.5 {
        fraction = size - (whole + 1.0);
    }
    let height = size * sin(PI * fraction);
    if height == 0.0 {
        return sign * f64::INFINITY;
    }
    let height = height.abs();
    let product = height * first * second;
    sign * match product.is_infinite() {
        true => PI / height / first / second,
        false => PI / product,
    }
}

/// Two factors: their product may be larger than any double.
fn stirling(x: f64) -> (f64, f64) {
    const ROOT_OF_TWO_PI: f64 = 2.506628274631000502417;
    /// Beyond this the power is too large.
    const LARGE: f64 = 143.01608;
    if x > 200.0 {
        return (f64::INFINITY, 1.0);
    }
    let inverse = 1.0 / x;
    let series = 1.0 + inverse * polynomial(&STIRLING, inverse);
    let (first, second) = match x > LARGE {
        true => {
            let half = power(x, 0.5 * x - 0.25);
            (half, half / exp(x))
        }
        false => (power(x, x - 0.5) / exp(x), 1.0),
    };
    (first, ROOT_OF_TWO_PI * series * second)
}

/// By squaring the fraction and doubling the exponent, for positive arguments of no great size.
fn power(x: f64, y: f64) -> f64 {
    let (mut whole, mut rest) = (y.trunc(), y.fract());
    if rest > 0.5 {
        (whole, rest) = (whole + 1.0, rest - 1.0);
    }
    let mut product = match rest == 0.0 {
        true => 1.0,
        false => exp(rest * libm::log(x)),
    };
    let (mut fraction, mut twos) = libm::frexp(x);
    let mut exponent = 0;
    let mut left = whole as u64;
    while left != 0 && twos.abs() <= 1 << 12 {
        if left & 1 == 1 {
            product *= fraction;
            exponent += twos;
        }
        fraction *= fraction;
        twos *= 2;
        if fraction < 0.5 {
            fraction += fraction;
            twos -= 1;
        }
        left >>= 1;
    }
    libm::ldexp(product, exponent)
}

fn near(mut x: f64) -> f64 {
    const TINY: f64 = 1e-9;
    let mut factor = 1.0;
    while x >= 3.0 {
        x -= 1.0;
        factor *= x;
    }
    while x < 2.0 {
        if (-TINY..TINY).contains(&x) && x != -TINY {
            return match x == 0.0 {
                true => f64::INFINITY,
                false => factor / ((1.0 + EULER * x) * x),
            };
        }
        factor /= x;
        x += 1.0;
    }
    if x == 2.0 {
        return factor;
    }
    x -= 2.0;
    factor * polynomial(&ABOVE, x) / polynomial(&BELOW, x)
}
