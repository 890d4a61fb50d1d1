//! What stands in blocks: buttons, menus, pickers, pictures.

use burgee_source::Text;

use super::text::{self, Kinds};
use crate::shape::{At, Fault};

const MAX_URL: usize = 3000;
const MAX_ALT: usize = 2000;
const MAX_ID: usize = 255;
const MAX_LABEL: usize = 75;

const SELECTS: [&str; 15] = [
    "type",
    "action_id",
    "placeholder",
    "options",
    "option_groups",
    "initial_option",
    "initial_user",
    "initial_conversation",
    "initial_channel",
    "default_to_current_conversation",
    "response_url_enabled",
    "filter",
    "min_query_length",
    "confirm",
    "focus_on_load",
];

const MULTI_SELECTS: [&str; 15] = [
    "type",
    "action_id",
    "placeholder",
    "options",
    "option_groups",
    "initial_options",
    "initial_users",
    "initial_conversations",
    "initial_channels",
    "default_to_current_conversation",
    "filter",
    "min_query_length",
    "max_selected_items",
    "confirm",
    "focus_on_load",
];

const PICKERS: [&str; 9] = [
    "type",
    "action_id",
    "placeholder",
    "initial_date",
    "initial_time",
    "initial_date_time",
    "timezone",
    "confirm",
    "focus_on_load",
];

/// What stands beside a section's text: a picture, or something to click.
pub(super) fn accessory(element: &At<'_>) -> Result<(), Fault> {
    match element.need_string("type")? {
        "image" => image(element),
        "multi_static_select"
        | "multi_external_select"
        | "multi_users_select"
        | "multi_conversations_select"
        | "multi_channels_select" => {
            element.only(&MULTI_SELECTS)?;
            menu(element)
        }
        _ => interactive(element),
    }
}

/// Something to click.
pub(super) fn interactive(element: &At<'_>) -> Result<(), Fault> {
    element.text("action_id", MAX_ID)?;
    match element.need_string("type")? {
        "button" => button(element),
        "workflow_button" => workflow_button(element),
        "overflow" => {
            element.only(&["type", "action_id", "options", "confirm"])?;
            choices(element, 1, 5)?;
            confirm(element)
        }
        "checkboxes" | "radio_buttons" => {
            element.only(&[
                "type",
                "action_id",
                "options",
                "initial_option",
                "initial_options",
                "confirm",
                "focus_on_load",
            ])?;
            choices(element, 1, 10)?;
            confirm(element)
        }
        "static_select"
        | "external_select"
        | "users_select"
        | "conversations_select"
        | "channels_select" => {
            element.only(&SELECTS)?;
            menu(element)
        }
        "datepicker" | "timepicker" | "datetimepicker" => {
            element.only(&PICKERS)?;
            text::optional(element, "placeholder", Kinds::Plain, 150)?;
            confirm(element)
        }
        _ => Err(element.fault(
            "type",
            Text::new("no such element here", "此处没有这种元素"),
        )),
    }
}

/// A picture in a context or beside a section.
pub(super) fn image(element: &At<'_>) -> Result<(), Fault> {
    element.only(&["type", "alt_text", "image_url", "slack_file"])?;
    picture(element)
}

/// A picture needs words and a source.
pub(super) fn picture(owner: &At<'_>) -> Result<(), Fault> {
    owner.need_text("alt_text", MAX_ALT)?;
    owner.text("image_url", MAX_URL)?;
    owner.object("slack_file")?;
    if owner.has("image_url") || owner.has("slack_file") {
        Ok(())
    } else {
        Err(owner.missing("image_url"))
    }
}

fn button(element: &At<'_>) -> Result<(), Fault> {
    element.only(&[
        "type",
        "text",
        "action_id",
        "url",
        "value",
        "style",
        "confirm",
        "accessibility_label",
    ])?;
    text::need(element, "text", Kinds::Plain, MAX_LABEL)?;
    element.text("url", MAX_URL)?;
    element.text("value", 2000)?;
    style(element)?;
    confirm(element)
}

fn workflow_button(element: &At<'_>) -> Result<(), Fault> {
    element.only(&[
        "type",
        "text",
        "workflow",
        "action_id",
        "style",
        "accessibility_label",
    ])?;
    text::need(element, "text", Kinds::Plain, MAX_LABEL)?;
    element.need_object("workflow")?;
    style(element)
}

fn style(element: &At<'_>) -> Result<(), Fault> {
    element.text("accessibility_label", MAX_LABEL)?;
    match element.string("style")? {
        None | Some("primary" | "danger") => Ok(()),
        Some(_) => Err(element.fault(
            "style",
            Text::new("has to be primary or danger", "只能是 primary 或 danger"),
        )),
    }
}

fn menu(element: &At<'_>) -> Result<(), Fault> {
    element.text("action_id", MAX_ID)?;
    text::optional(element, "placeholder", Kinds::Plain, 150)?;
    if element.need_string("type")?.ends_with("static_select") {
        if element.has("option_groups") {
            for group in element.need_objects("option_groups", 1, 100)? {
                group.only(&["label", "options"])?;
                text::need(&group, "label", Kinds::Plain, MAX_LABEL)?;
                choices(&group, 1, 100)?;
            }
        } else {
            choices(element, 1, 100)?;
        }
    }
    confirm(element)
}

fn choices(owner: &At<'_>, min: usize, max: usize) -> Result<(), Fault> {
    for option in owner.need_objects("options", min, max)? {
        option.only(&["text", "value", "description", "url"])?;
        text::need(&option, "text", Kinds::Both, MAX_LABEL)?;
        option.need_text("value", 150)?;
        option.text("url", MAX_URL)?;
        text::optional(&option, "description", Kinds::Both, MAX_LABEL)?;
    }
    Ok(())
}

fn confirm(owner: &At<'_>) -> Result<(), Fault> {
    let Some(confirm) = owner.object("confirm")? else {
        return Ok(());
    };
    confirm.only(&["title", "text", "confirm", "deny", "style"])?;
    text::need(&confirm, "title", Kinds::Plain, 100)?;
    text::need(&confirm, "text", Kinds::Both, 300)?;
    text::need(&confirm, "confirm", Kinds::Plain, 30)?;
    text::need(&confirm, "deny", Kinds::Plain, 30)?;
    style(&confirm)
}
