//! Blocks: one function for each kind, in the order of Slack's own reference.
//!
//! An unknown kind or property makes the whole message `invalid_blocks`. The kinds that are newer than the
//! published limits are checked only as far as those go.

use std::collections::HashSet;

use burgee_source::Text;

use super::{
    elements,
    message::refuse,
    text::{self, Kinds, MAX_TEXT},
};
use crate::{
    Reason, Refusal,
    shape::{At, Fault},
};

const MAX_BLOCKS: usize = 50;
const MAX_ID: usize = 255;
const MAX_MARKDOWN: usize = 12_000;

/// What is counted over all blocks of a message.
#[derive(Default)]
struct Totals<'a> {
    ids: HashSet<&'a str>,
    markdown_chars: usize,
    tables: usize,
}

/// Checks the blocks of a message; true when there are any.
pub(super) fn message(owner: &At<'_>) -> Result<bool, Refusal> {
    let blocks = owner
        .list("blocks")
        .map_err(|fault| refuse("invalid_blocks_format", fault))?;
    let Some(blocks) = blocks else {
        return Ok(false);
    };
    let check = || {
        owner.count("blocks", blocks.len(), 0, MAX_BLOCKS)?;
        let mut totals = Totals::default();
        for (path, value) in &blocks {
            block(&At::new(path.as_str(), value)?, &mut totals)?;
        }
        Ok(())
    };
    check().map_err(|fault| refuse("invalid_blocks", fault))?;
    Ok(!blocks.is_empty())
}

fn block<'a>(block: &At<'a>, totals: &mut Totals<'a>) -> Result<(), Fault> {
    if let Some(id) = block.text("block_id", MAX_ID)?
        && !totals.ids.insert(id)
    {
        return Err(block.fault(
            "block_id",
            Text::new("used twice in one message", "在同一条消息中重复使用"),
        ));
    }
    match block.need_string("type")? {
        "section" => section(block),
        "header" => header(block),
        "divider" => block.only(&["type", "block_id"]),
        "image" => image(block),
        "context" => context(block),
        "actions" => actions(block),
        "markdown" => markdown(block, totals),
        "rich_text" => rich_text(block),
        "table" => table(block, totals),
        "video" => video(block),
        "file" => Err(block.fault(
            "type",
            Text::new(
                "a file block can be read, not sent",
                "file 区块只能读取，不能发送",
            ),
        )),
        "input" => Err(block.fault(
            "type",
            Text::new(
                "nobody can submit an input of a webhook's message",
                "Webhook 消息中的 input 无人可以提交",
            ),
        )),
        "alert" => text_of(block, "text", 200),
        "card" => card(block),
        "carousel" => counted(block, "elements", 1, 10),
        "container" => counted(block, "child_blocks", 0, 10),
        "data_table" => data_table(block),
        "context_actions" | "data_visualization" | "task_card" | "plan" => Ok(()),
        _ => Err(block.fault("type", Text::new("no such block", "没有这种区块"))),
    }
}

fn section(block: &At<'_>) -> Result<(), Fault> {
    block.only(&["type", "block_id", "text", "fields", "accessory", "expand"])?;
    text::optional(block, "text", Kinds::Both, MAX_TEXT)?;
    block.boolean("expand")?;
    if block.has("fields") {
        for field in block.need_objects("fields", 1, 10)? {
            text::text_object(&field, Kinds::Both, 2000)?;
        }
    } else if !block.has("text") {
        return Err(block.fault(
            "text",
            Text::new(
                "a section has to have text or fields",
                "section 需要 text 或 fields",
            ),
        ));
    }
    match block.object("accessory")? {
        Some(accessory) => elements::accessory(&accessory),
        None => Ok(()),
    }
}

fn header(block: &At<'_>) -> Result<(), Fault> {
    block.only(&["type", "block_id", "text"])?;
    text::need(block, "text", Kinds::Plain, 150)
}

fn image(block: &At<'_>) -> Result<(), Fault> {
    block.only(&[
        "type",
        "block_id",
        "alt_text",
        "image_url",
        "slack_file",
        "title",
    ])?;
    text::optional(block, "title", Kinds::Plain, 2000)?;
    elements::picture(block)
}

fn context(block: &At<'_>) -> Result<(), Fault> {
    block.only(&["type", "block_id", "elements"])?;
    for element in block.need_objects("elements", 1, 10)? {
        if element.string("type")? == Some("image") {
            elements::image(&element)?;
        } else {
            text::text_object(&element, Kinds::Both, MAX_TEXT)?;
        }
    }
    Ok(())
}

fn actions(block: &At<'_>) -> Result<(), Fault> {
    block.only(&["type", "block_id", "elements"])?;
    for element in block.need_objects("elements", 1, 25)? {
        elements::interactive(&element)?;
    }
    Ok(())
}

fn markdown(block: &At<'_>, totals: &mut Totals<'_>) -> Result<(), Fault> {
    block.only(&["type", "block_id", "text"])?;
    let text = block.need_text("text", MAX_MARKDOWN)?;
    totals.markdown_chars += text.chars().count();
    if totals.markdown_chars > MAX_MARKDOWN {
        let text = Text::new(
            "more than {max} characters over all markdown blocks",
            "所有 markdown 区块合计超过 {max} 个字符",
        );
        return Err(block.fault("text", Reason::from(text).arg("max", MAX_MARKDOWN)));
    }
    Ok(())
}

fn rich_text(block: &At<'_>) -> Result<(), Fault> {
    block.only(&["type", "block_id", "elements"])?;
    for element in block.need_objects("elements", 0, usize::MAX)? {
        match element.need_string("type")? {
            "rich_text_section"
            | "rich_text_list"
            | "rich_text_quote"
            | "rich_text_preformatted" => {
                for inner in element.need_objects("elements", 0, usize::MAX)? {
                    inner.need_string("type")?;
                }
            }
            _ => {
                return Err(element.fault("type", Text::new("no such rich text", "没有这种富文本")));
            }
        }
    }
    Ok(())
}

fn table(block: &At<'_>, totals: &mut Totals<'_>) -> Result<(), Fault> {
    block.only(&["type", "block_id", "rows", "column_settings"])?;
    totals.tables += 1;
    if totals.tables > 1 {
        return Err(block.fault(
            "type",
            Text::new("one table in a message", "一条消息只能有一个表格"),
        ));
    }
    rows(block, 1, 100, 20)
}

fn video(block: &At<'_>) -> Result<(), Fault> {
    block.only(&[
        "type",
        "block_id",
        "alt_text",
        "title",
        "title_url",
        "video_url",
        "thumbnail_url",
        "author_name",
        "description",
        "provider_name",
        "provider_icon_url",
    ])?;
    block.need_text("alt_text", 200)?;
    text::need(block, "title", Kinds::Plain, 200)?;
    block.need_string("video_url")?;
    block.need_string("thumbnail_url")?;
    block.text("author_name", 50)?;
    text::optional(block, "description", Kinds::Plain, 200)
}

// The kinds below are young: their limits are known, the full list of their properties is not.

fn card(block: &At<'_>) -> Result<(), Fault> {
    text_of(block, "title", 150)?;
    text_of(block, "subtitle", 150)?;
    text_of(block, "body", 200)?;
    counted(block, "actions", 0, 3)
}

fn data_table(block: &At<'_>) -> Result<(), Fault> {
    if block.has("rows") {
        rows(block, 2, 201, 20)?;
    }
    Ok(())
}

fn rows(block: &At<'_>, min: usize, max: usize, columns: usize) -> Result<(), Fault> {
    let rows = block.list("rows")?.ok_or_else(|| block.missing("rows"))?;
    block.count("rows", rows.len(), min, max)?;
    for (path, row) in rows {
        let cells = row.as_array().ok_or_else(|| Fault::not_a(path, "list"))?;
        block.count("rows", cells.len(), 0, columns)?;
    }
    Ok(())
}

/// A text object or a plain string.
fn text_of(block: &At<'_>, key: &str, max: usize) -> Result<(), Fault> {
    match block.get(key) {
        Some(value) if value.is_string() => block.text(key, max).map(|_| ()),
        Some(_) => text::optional(block, key, Kinds::Both, max),
        None => Ok(()),
    }
}

fn counted(block: &At<'_>, key: &str, min: usize, max: usize) -> Result<(), Fault> {
    match block.list(key)? {
        Some(items) => block.count(key, items.len(), min, max),
        None => Ok(()),
    }
}
