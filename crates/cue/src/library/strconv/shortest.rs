//! The fewest digits that tell a double from its neighbours.

/// In the form `-1.5e3`. Of two candidates that are equally near Go takes the even one, and std the greater.
pub(super) fn shortest(value: f64, single: bool) -> String {
    let shortest = match single {
        true => format!("{:e}", value as f32),
        false => format!("{value:e}"),
    };
    let mantissa = shortest.split('e').next().unwrap_or("");
    let places = mantissa
        .split_once('.')
        .map_or(0, |(_, places)| places.len());
    // Rounded half to even from all the digits there are.
    let nearest = format!("{value:.places$e}");
    let is_same = match single {
        true => nearest.parse() == Ok(value as f32),
        false => nearest.parse() == Ok(value),
    };
    match is_same {
        true => nearest,
        false => shortest,
    }
}
