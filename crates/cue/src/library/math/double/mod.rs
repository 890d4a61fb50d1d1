//! Functions of doubles. Their last digit depends on the approximation; so it is the one that Go takes: mostly those of
//! the Cephes library (Moshier), a Taylor series for `exp`, and else those of FreeBSD, which `libm` has.

#![expect(
    clippy::excessive_precision,
    clippy::approx_constant,
    reason = "the coefficients stand as they were published"
)]

mod arc;
mod exponential;
mod gamma;
mod inverse_error;
mod reduce;
mod trigonometric;

pub(super) use arc::{acos, asin, atan, atan2};
pub(super) use exponential::{acosh, asinh, cosh, sinh, tanh};
pub(super) use gamma::gamma;
pub(super) use inverse_error::erfinv;
pub(super) use libm::{atanh, jn, yn};
pub(super) use trigonometric::{cos, sin, tan};

/// The value of a polynomial, its coefficients from the highest on.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    let mut coefficients = coefficients.iter();
    let first = coefficients.next().copied().unwrap_or(0.0);
    coefficients.fold(first, |sum, coefficient| sum * x + coefficient)
}

pub(super) fn hypot(a: f64, b: f64) -> f64 {
    let (a, b) = (a.abs(), b.abs());
    let (less, more) = (a.min(b), a.max(b));
    match more == 0.0 {
        true => 0.0,
        false => {
            let ratio = less / more;
            more * (1.0 + ratio * ratio).sqrt()
        }
    }
}
