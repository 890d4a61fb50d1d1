//! "Did you mean": the nearest of the names that exist.

/// The candidate nearest to `name`, if it is near enough to be a slip of the pen.
///
/// ```
/// # use burgee_source::nearest;
/// assert_eq!(nearest("proprties", ["name", "properties"]), Some("properties"));
/// assert_eq!(nearest("url", ["message"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A name of n letters may have n/3 slips, and at least one; a pasted page is no slip.
    const LONGEST_NAME: usize = 64;
    let letters = name.chars().count();
    if letters > LONGEST_NAME {
        return None;
    }
    let allowed = (letters / 3).max(1);
    let folded = name.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= 4 * LONGEST_NAME)
        .map(|candidate| {
            let slips = strsim::damerau_levenshtein(&folded, &candidate.to_lowercase());
            (slips, candidate)
        })
        .filter(|(slips, candidate)| *slips <= allowed && *candidate != name)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}
