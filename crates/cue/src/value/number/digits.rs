//! Counting, shifting and rounding decimal digits.

use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::Zero;

use super::PRECISION;

pub(crate) fn power_of_ten(exponent: u32) -> BigUint {
    match 10_u64.checked_pow(exponent) {
        Some(small) => small.into(),
        None => BigUint::from(10_u8).pow(exponent),
    }
}

/// The number of decimal digits; 1 for zero.
pub(crate) fn count(value: &BigUint) -> u64 {
    if value.is_zero() {
        return 1;
    }
    // log10(2) from below: the estimate is right or one too small.
    let least = u64::try_from(u128::from(value.bits() - 1) * 30_102_999 / 100_000_000);
    let mut count = least.unwrap_or(u64::MAX) + 1;
    let mut power = power_of_ten(u32::try_from(count).unwrap_or(u32::MAX));
    while *value >= power {
        count += 1;
        power *= 10_u8;
    }
    count
}

/// Rounds half up (away from zero) to [`PRECISION`] digits; how many digits were cut off comes second.
pub(super) fn round(value: BigUint) -> (BigUint, i64) {
    // 112 bits hold any 33 digits.
    if value.bits() <= 109 {
        return (value, 0);
    }
    let excess = count(&value).saturating_sub(PRECISION);
    let cut = match u32::try_from(excess) {
        Ok(0) | Err(_) => return (value, 0),
        Ok(cut) => cut,
    };
    let power = power_of_ten(cut);
    let (mut kept, rest) = value.div_rem(&power);
    if rest * 2_u8 >= power {
        kept += 1_u8;
    }
    // 999…9 may have become 1000…0, one digit too many.
    match count(&kept) > PRECISION {
        true => (kept / 10_u8, i64::from(cut) + 1),
        false => (kept, i64::from(cut)),
    }
}

/// The same number without zeros at its end; how many there were comes second.
pub(super) fn without_zeros(mut value: BigUint) -> (BigUint, i64) {
    let ten = BigUint::from(10_u8);
    let mut zeros = 0;
    while !value.is_zero() {
        let (shorter, digit) = value.div_rem(&ten);
        if !digit.is_zero() {
            break;
        }
        value = shorter;
        zeros += 1;
    }
    (value, zeros)
}
