//! Text objects: `plain_text` and `mrkdwn`.

use burgee_source::Text;

use crate::shape::{At, Fault};

/// The most that any text object holds.
pub(super) const MAX_TEXT: usize = 3000;

/// Which kinds of text a place takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinds {
    /// `plain_text` and `mrkdwn`.
    Both,
    /// `plain_text` only.
    Plain,
}

/// Checks a text object of at most `max` characters.
pub(super) fn text_object(text: &At<'_>, kinds: Kinds, max: usize) -> Result<(), Fault> {
    text.only(&["type", "text", "emoji", "verbatim"])?;
    text.need_text("text", max)?;
    text.boolean("emoji")?;
    text.boolean("verbatim")?;
    match text.need_string("type")? {
        "plain_text" if text.has("verbatim") => Err(text.fault(
            "verbatim",
            Text::new("belongs to mrkdwn only", "只能用于 mrkdwn"),
        )),
        "plain_text" => Ok(()),
        "mrkdwn" if kinds == Kinds::Plain => Err(text.fault(
            "type",
            Text::new("has to be plain_text here", "此处只能是 plain_text"),
        )),
        "mrkdwn" if text.has("emoji") => Err(text.fault(
            "emoji",
            Text::new("belongs to plain_text only", "只能用于 plain_text"),
        )),
        "mrkdwn" => Ok(()),
        _ => Err(text.fault(
            "type",
            Text::new(
                "has to be plain_text or mrkdwn",
                "只能是 plain_text 或 mrkdwn",
            ),
        )),
    }
}

/// A text object under a key that has to be there.
pub(super) fn need(owner: &At<'_>, key: &str, kinds: Kinds, max: usize) -> Result<(), Fault> {
    text_object(&owner.need_object(key)?, kinds, max)
}

/// A text object under a key that may be absent.
pub(super) fn optional(owner: &At<'_>, key: &str, kinds: Kinds, max: usize) -> Result<(), Fault> {
    owner
        .object(key)?
        .map_or(Ok(()), |text| text_object(&text, kinds, max))
}
