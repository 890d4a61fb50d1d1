//! `sin`, `cos` and `tan`: polynomials around the multiples of a quarter of pi.

use super::{polynomial, reduce::reduce};

const SIN: [f64; 6] = [
    1.58962301576546568060e-10,
    -2.50507477628578072866e-8,
    2.75573136213857245213e-6,
    -1.98412698295895385996e-4,
    8.33333333332211858878e-3,
    -1.66666666666666307295e-1,
];
const COS: [f64; 6] = [
    -1.13585365213876817300e-11,
    2.08757008419747316778e-9,
    -2.75573141792967388112e-7,
    2.48015872888517045348e-5,
    -1.38888888888730564116e-3,
    4.16666666666665929218e-2,
];
const TAN_ABOVE: [f64; 3] = [
    -1.30936939181383777646e4,
    1.15351664838587416140e6,
    -1.79565251976484877988e7,
];
const TAN_BELOW: [f64; 5] = [
    1.0,
    1.36812963470692954678e4,
    -1.32089234440210967447e6,
    2.50083801823357915839e7,
    -5.38695755929454629881e7,
];

pub(in super::super) fn sin(x: f64) -> f64 {
    if x == 0.0 {
        return x;
    }
    let (octant, z) = reduce(x.abs());
    let (octant, negative) = match octant & 7 {
        octant @ 4.. => (octant - 4, x > 0.0),
        octant => (octant, x < 0.0),
    };
    let y = match octant {
        1 | 2 => cos_near_zero(z),
        _ => sin_near_zero(z),
    };
    if negative { -y } else { y }
}

pub(in super::super) fn cos(x: f64) -> f64 {
    let (octant, z) = reduce(x.abs());
    let (octant, negative) = match octant & 7 {
        octant @ 4.. => (octant - 4, true),
        octant => (octant, false),
    };
    let y = match octant {
        1 | 2 => sin_near_zero(z),
        _ => cos_near_zero(z),
    };
    if negative != (octant > 1) { -y } else { y }
}

pub(in super::super) fn tan(x: f64) -> f64 {
    if x == 0.0 {
        return x;
    }
    let (octant, z) = reduce(x.abs());
    let square = z * z;
    let near_zero = match square > 1e-14 {
        true => {
            let ratio = square * polynomial(&TAN_ABOVE, square) / polynomial(&TAN_BELOW, square);
            z + z * ratio
        }
        false => z,
    };
    let y = match octant & 2 {
        2 => -1.0 / near_zero,
        _ => near_zero,
    };
    if x < 0.0 { -y } else { y }
}

fn sin_near_zero(z: f64) -> f64 {
    let square = z * z;
    z + z * square * polynomial(&SIN, square)
}

fn cos_near_zero(z: f64) -> f64 {
    let square = z * z;
    1.0 - 0.5 * square + square * square * polynomial(&COS, square)
}
