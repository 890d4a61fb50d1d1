//! Attachments, the older way to add to a message.

use burgee_source::Text;

use super::{blocks, message::refuse};
use crate::{
    Reason, Refusal,
    shape::{At, Fault},
};

const MAX_ATTACHMENTS: usize = 100;
const MAX_FOOTER: usize = 300;

const STRINGS: [&str; 12] = [
    "fallback",
    "text",
    "color",
    "pretext",
    "author_name",
    "author_link",
    "author_icon",
    "title",
    "title_link",
    "image_url",
    "thumb_url",
    "footer_icon",
];

/// Checks the attachments of a message; true when there are any.
pub(super) fn message(owner: &At<'_>) -> Result<bool, Refusal> {
    let invalid = |fault: Fault| refuse("invalid_attachments", fault);
    let Some(attachments) = owner.list("attachments").map_err(invalid)? else {
        return Ok(false);
    };
    owner
        .count("attachments", attachments.len(), 0, MAX_ATTACHMENTS)
        .map_err(|fault| refuse("too_many_attachments", fault))?;
    for (path, value) in &attachments {
        let attachment = At::new(path.as_str(), value).map_err(invalid)?;
        fields(&attachment).map_err(invalid)?;
        let has_blocks = blocks::message(&attachment)?;
        let filled = |key| attachment.get(key).is_some_and(|text| text != "");
        if !has_blocks && !filled("fallback") && !filled("text") {
            return Err(Refusal::slack(
                400,
                "missing_text_or_fallback_or_attachments",
                Reason::from(Text::new(
                    "needs fallback, text or blocks",
                    "需要 fallback、text 或 blocks",
                ))
                .at(path.clone()),
            ));
        }
    }
    Ok(!attachments.is_empty())
}

fn fields(attachment: &At<'_>) -> Result<(), Fault> {
    for key in STRINGS {
        attachment.string(key)?;
    }
    attachment.text("footer", MAX_FOOTER)?;
    attachment.list("mrkdwn_in")?;
    if attachment.has("fields") {
        for field in attachment.need_objects("fields", 0, usize::MAX)? {
            field.string("title")?;
            field.string("value")?;
            field.boolean("short")?;
        }
    }
    Ok(())
}
