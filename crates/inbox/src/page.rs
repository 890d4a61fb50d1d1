//! soon
pub(crate) fn page(_: &[crate::Received]) -> String {
    String::new()
}
