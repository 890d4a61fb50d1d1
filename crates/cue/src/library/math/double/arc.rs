//! The inverse trigonometric functions, all by that of the tangent.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use super::polynomial;

const ABOVE: [f64; 5] = [
    -8.750608600031904122785e-01,
    -1.615753718733365076637e+01,
    -7.500855792314704667340e+01,
    -1.228866684490136173410e+02,
    -6.485021904942025371773e+01,
];
const BELOW: [f64; 6] = [
    1.0,
    2.485846490142306297962e+01,
    1.650270098316988542046e+02,
    4.328810604912902668951e+02,
    4.853903996359136964868e+02,
    1.945506571482613964425e+02,
];

/// What a double of pi / 2 lacks.
const MORE: f64 = 6.123233995736765886130e-17;
/// The tangent of 3 pi / 8.
const STEEP: f64 = 2.414_213_562_373_095;

pub(in super::super) fn atan(x: f64) -> f64 {
    match x {
        0.0 => x,
        x if x > 0.0 => of_positive(x),
        x => -of_positive(-x),
    }
}

pub(in super::super) fn asin(x: f64) -> f64 {
    let size = x.abs();
    if x == 0.0 || size > 1.0 {
        return if x == 0.0 { x } else { f64::NAN };
    }
    let other = (1.0 - size * size).sqrt();
    let angle = match size > 0.7 {
        true => FRAC_PI_2 - of_positive(other / size),
        false => of_positive(size / other),
    };
    if x < 0.0 { -angle } else { angle }
}

pub(in super::super) fn acos(x: f64) -> f64 {
    FRAC_PI_2 - asin(x)
}

pub(in super::super) fn atan2(y: f64, x: f64) -> f64 {
    if y == 0.0 {
        let straight = if x >= 0.0 && !x.is_sign_negative() {
            0.0
        } else {
            PI
        };
        return straight.copysign(y);
    }
    if x == 0.0 {
        return FRAC_PI_2.copysign(y);
    }
    let angle = atan(y / x);
    match (x < 0.0, angle <= 0.0) {
        (true, true) => angle + PI,
        (true, false) => angle - PI,
        (false, _) => angle,
    }
}

fn of_positive(x: f64) -> f64 {
    match x {
        x if x <= 0.66 => near_zero(x),
        x if x > STEEP => FRAC_PI_2 - near_zero(1.0 / x) + MORE,
        x => FRAC_PI_4 + near_zero((x - 1.0) / (x + 1.0)) + 0.5 * MORE,
    }
}

fn near_zero(x: f64) -> f64 {
    let square = x * x;
    let ratio = square * polynomial(&ABOVE, square) / polynomial(&BELOW, square);
    x * ratio + x
}
