//! Angles as an octant and what is left of it.

use std::f64::consts::FRAC_PI_4;

/// From here on the product with `4 / pi` takes more digits than a double has (Payne and Hanek).
const FAR: f64 = (1_u64 << 29) as f64;

/// A quarter of pi in three parts, so that their products with small integers are exact.
const QUARTER: [f64; 3] = [
    7.85398125648498535156e-1,
    3.77489470793079817668e-8,
    2.69515142907905952645e-15,
];

/// The binary digits of `4 / pi`, 64 at a time, the first of them before the point.
const FOUR_BY_PI: [u64; 20] = [
    0x0000_0000_0000_0001,
    0x45f3_06dc_9c88_2a53,
    0xf84e_afa3_ea69_bb81,
    0xb6c5_2b32_7887_2083,
    0xfca2_c757_bd77_8ac3,
    0x6e48_dc74_849b_a5c0,
    0x0c92_5dd4_13a3_2439,
    0xfc3b_d639_6253_4e7d,
    0xd104_6bea_5d76_8909,
    0xd338_e04d_68be_fc82,
    0x7323_ac73_06a6_73e9,
    0x3908_bf17_7bf2_5076,
    0x3ff1_2fff_bc0b_301f,
    0xde5e_2316_b414_da3e,
    0xda6c_fd9e_4f96_136e,
    0x9e8c_7ecd_3cbf_d45a,
    0xea4f_758f_d7cb_e2f6,
    0x7a0e_73ef_14a5_25d4,
    0xd7f6_bf62_3f1a_ba10,
    0xac06_608d_f8f6_d757,
];

/// An even octant of a positive angle, and how far the angle is from its beginning.
pub(super) fn reduce(x: f64) -> (u64, f64) {
    if x >= FAR {
        return reduce_far(x);
    }
    let mut octant = (x * (4.0 / std::f64::consts::PI)) as u64;
    octant += octant & 1;
    let count = octant as f64;
    (
        octant,
        QUARTER.iter().fold(x, |rest, part| rest - count * part),
    )
}

fn reduce_far(x: f64) -> (u64, f64) {
    const MANTISSA: u32 = 52;
    let bits = x.to_bits();
    let exponent = ((bits >> MANTISSA) & 0x7ff) as i64 - 1023 - i64::from(MANTISSA);
    let mantissa = (bits & ((1 << MANTISSA) - 1)) | 1 << MANTISSA;
    // The digits whose product with the mantissa begins at the octants.
    let place = usize::try_from(exponent + 61).unwrap_or(0);
    let digits = |index: usize| {
        let at = |index: usize| u128::from(FOUR_BY_PI.get(index).copied().unwrap_or(0));
        let pair = at(place / 64 + index) << 64 | at(place / 64 + index + 1);
        (pair << (place % 64) >> 64) as u64
    };
    let product = |index: usize| u128::from(digits(index)) * u128::from(mantissa);
    let low = product(1).wrapping_add(product(2) >> 64);
    let all = ((product(0) as u64 as u128) << 64).wrapping_add(low);
    let octant = (all >> 125) as u64;
    let rest = all << 3;
    // The fraction as a double, cut and not rounded.
    let zeros = ((rest >> 64) as u64).leading_zeros();
    let kept = (rest << zeros << 1 >> (128 - MANTISSA)) as u64;
    let fraction = f64::from_bits(u64::from(1022 - zeros) << MANTISSA | kept);
    match octant & 1 {
        1 => ((octant + 1) & 7, (fraction - 1.0) * FRAC_PI_4),
        _ => (octant, fraction * FRAC_PI_4),
    }
}
