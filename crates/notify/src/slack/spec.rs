//! Block Kit as tables: which properties each block and element has, and what they may be.
//!
//! Limits are those of Slack's reference, counted in characters. The kinds that are newer than the published
//! limits are open: their properties are checked as far as they are known.

/// A property.
pub(crate) struct Prop {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) is: Is,
}

/// What a property may be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Is {
    /// Anything.
    Any,
    /// A boolean.
    Flag,
    /// An object.
    Map,
    /// A string of so many characters.
    Chars(usize),
    /// A `plain_text` object of so many characters.
    Plain(usize),
    /// A text object of so many characters.
    Text(usize),
    /// A string or a text object of so many characters.
    Words(usize),
    /// Up to ten text objects of so many characters.
    Texts(usize),
    /// A confirmation dialog.
    Confirm,
    /// A colour of a button.
    Style,
    /// Something beside a section's text.
    Accessory,
    /// Up to so many things to click.
    Clickable(usize),
    /// Up to so many texts and pictures.
    TextsAndImages(usize),
    /// Choices, from so many to so many.
    Options(usize, usize),
    /// Groups of choices.
    Groups,
    /// Sections of rich text.
    RichText,
    /// Rows of cells: from so many to so many, and so many columns.
    Rows(usize, usize, usize),
    /// A list of so many to so many things.
    Items(usize, usize),
}

/// What is known of a kind of block or element.
pub(crate) enum Known {
    /// Every property; another one is refused.
    All(&'static [Prop]),
    /// Some properties.
    Some(&'static [Prop]),
    /// It exists, and a webhook cannot send it.
    NotHere,
}

/// The kinds of block, for suggestions.
pub(crate) const BLOCKS: [&str; 10] = [
    "section",
    "header",
    "divider",
    "image",
    "context",
    "actions",
    "markdown",
    "rich_text",
    "table",
    "video",
];
/// The kinds of things to click.
pub(crate) const CLICKABLE: [&str; 14] = [
    "button",
    "workflow_button",
    "overflow",
    "checkboxes",
    "radio_buttons",
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
    "datepicker",
    "timepicker",
    "datetimepicker",
    "image",
];
/// The parts of rich text.
pub(crate) const RICH_TEXT: [&str; 4] = [
    "rich_text_section",
    "rich_text_list",
    "rich_text_quote",
    "rich_text_preformatted",
];

const MAX_TEXT: usize = 3000;
const MAX_URL: usize = 3000;

const fn must(name: &'static str, is: Is) -> Prop {
    Prop {
        name,
        required: true,
        is,
    }
}

const fn may(name: &'static str, is: Is) -> Prop {
    Prop {
        name,
        required: false,
        is,
    }
}

/// A block by its type.
pub(crate) fn block(kind: &str) -> Option<Known> {
    use Known::{All, NotHere, Some as Partly};
    Some(match kind {
        "section" => All(SECTION),
        "header" => All(HEADER),
        "divider" => All(&[]),
        "image" => All(IMAGE_BLOCK),
        "context" => All(CONTEXT),
        "actions" => All(ACTIONS),
        "markdown" => All(MARKDOWN),
        "rich_text" => All(RICH_TEXT_BLOCK),
        "table" => All(TABLE),
        "video" => All(VIDEO),
        "file" | "input" => NotHere,
        "alert" => Partly(ALERT),
        "card" => Partly(CARD),
        "carousel" => Partly(CAROUSEL),
        "container" => Partly(CONTAINER),
        "data_table" => Partly(DATA_TABLE),
        "context_actions" | "data_visualization" | "task_card" | "plan" => Partly(&[]),
        _ => return None,
    })
}

/// Something to click, by its type.
pub(crate) fn clickable(kind: &str) -> Option<&'static [Prop]> {
    Some(match kind {
        "button" => BUTTON,
        "workflow_button" => WORKFLOW_BUTTON,
        "overflow" => OVERFLOW,
        "checkboxes" | "radio_buttons" => CHOICES,
        "static_select" => STATIC_SELECT,
        "external_select" | "users_select" | "conversations_select" | "channels_select" => SELECT,
        "datepicker" | "timepicker" | "datetimepicker" => PICKER,
        _ => return None,
    })
}

/// What stands beside a section's text, beyond pictures and things to click.
pub(crate) fn accessory(kind: &str) -> Option<&'static [Prop]> {
    Some(match kind {
        "multi_static_select" => MULTI_STATIC_SELECT,
        "multi_external_select"
        | "multi_users_select"
        | "multi_conversations_select"
        | "multi_channels_select" => MULTI_SELECT,
        _ => return None,
    })
}

const SECTION: &[Prop] = &[
    may("text", Is::Text(MAX_TEXT)),
    may("fields", Is::Texts(2000)),
    may("accessory", Is::Accessory),
    may("expand", Is::Flag),
];
const HEADER: &[Prop] = &[must("text", Is::Plain(150))];
const IMAGE_BLOCK: &[Prop] = &[
    must("alt_text", Is::Chars(2000)),
    may("image_url", Is::Chars(MAX_URL)),
    may("slack_file", Is::Map),
    may("title", Is::Plain(2000)),
];
/// A picture in a context or beside a section.
pub(crate) const IMAGE: &[Prop] = &[
    must("alt_text", Is::Chars(2000)),
    may("image_url", Is::Chars(MAX_URL)),
    may("slack_file", Is::Map),
];
const CONTEXT: &[Prop] = &[must("elements", Is::TextsAndImages(10))];
const ACTIONS: &[Prop] = &[must("elements", Is::Clickable(25))];
const MARKDOWN: &[Prop] = &[must("text", Is::Chars(12_000))];
const RICH_TEXT_BLOCK: &[Prop] = &[must("elements", Is::RichText)];
const TABLE: &[Prop] = &[
    must("rows", Is::Rows(1, 100, 20)),
    may("column_settings", Is::Any),
];
const VIDEO: &[Prop] = &[
    must("alt_text", Is::Chars(200)),
    must("title", Is::Plain(200)),
    must("video_url", Is::Chars(usize::MAX)),
    must("thumbnail_url", Is::Chars(usize::MAX)),
    may("title_url", Is::Any),
    may("author_name", Is::Chars(50)),
    may("description", Is::Plain(200)),
    may("provider_name", Is::Any),
    may("provider_icon_url", Is::Any),
];
const ALERT: &[Prop] = &[may("text", Is::Words(200))];
const CARD: &[Prop] = &[
    may("title", Is::Words(150)),
    may("subtitle", Is::Words(150)),
    may("body", Is::Words(200)),
    may("actions", Is::Items(0, 3)),
];
const CAROUSEL: &[Prop] = &[may("elements", Is::Items(1, 10))];
const CONTAINER: &[Prop] = &[may("child_blocks", Is::Items(0, 10))];
const DATA_TABLE: &[Prop] = &[may("rows", Is::Rows(2, 201, 20))];

const BUTTON: &[Prop] = &[
    must("text", Is::Plain(75)),
    may("url", Is::Chars(MAX_URL)),
    may("value", Is::Chars(2000)),
    may("style", Is::Style),
    may("confirm", Is::Confirm),
    may("accessibility_label", Is::Chars(75)),
];
const WORKFLOW_BUTTON: &[Prop] = &[
    must("text", Is::Plain(75)),
    must("workflow", Is::Map),
    may("style", Is::Style),
    may("accessibility_label", Is::Chars(75)),
];
const OVERFLOW: &[Prop] = &[
    must("options", Is::Options(1, 5)),
    may("confirm", Is::Confirm),
];
const CHOICES: &[Prop] = &[
    must("options", Is::Options(1, 10)),
    may("initial_option", Is::Any),
    may("initial_options", Is::Any),
    may("confirm", Is::Confirm),
    may("focus_on_load", Is::Any),
];
const STATIC_SELECT: &[Prop] = &[
    may("placeholder", Is::Plain(150)),
    may("options", Is::Options(1, 100)),
    may("option_groups", Is::Groups),
    may("initial_option", Is::Any),
    may("initial_user", Is::Any),
    may("initial_conversation", Is::Any),
    may("initial_channel", Is::Any),
    may("response_url_enabled", Is::Any),
    may("default_to_current_conversation", Is::Any),
    may("filter", Is::Any),
    may("min_query_length", Is::Any),
    may("confirm", Is::Confirm),
    may("focus_on_load", Is::Any),
];
const SELECT: &[Prop] = &[
    may("placeholder", Is::Plain(150)),
    may("options", Is::Any),
    may("option_groups", Is::Any),
    may("initial_option", Is::Any),
    may("initial_user", Is::Any),
    may("initial_conversation", Is::Any),
    may("initial_channel", Is::Any),
    may("response_url_enabled", Is::Any),
    may("default_to_current_conversation", Is::Any),
    may("filter", Is::Any),
    may("min_query_length", Is::Any),
    may("confirm", Is::Confirm),
    may("focus_on_load", Is::Any),
];
const MULTI_STATIC_SELECT: &[Prop] = &[
    may("placeholder", Is::Plain(150)),
    may("options", Is::Options(1, 100)),
    may("option_groups", Is::Groups),
    may("initial_options", Is::Any),
    may("initial_users", Is::Any),
    may("initial_conversations", Is::Any),
    may("initial_channels", Is::Any),
    may("max_selected_items", Is::Any),
    may("default_to_current_conversation", Is::Any),
    may("filter", Is::Any),
    may("min_query_length", Is::Any),
    may("confirm", Is::Confirm),
    may("focus_on_load", Is::Any),
];
const MULTI_SELECT: &[Prop] = &[
    may("placeholder", Is::Plain(150)),
    may("options", Is::Any),
    may("option_groups", Is::Any),
    may("initial_options", Is::Any),
    may("initial_users", Is::Any),
    may("initial_conversations", Is::Any),
    may("initial_channels", Is::Any),
    may("max_selected_items", Is::Any),
    may("default_to_current_conversation", Is::Any),
    may("filter", Is::Any),
    may("min_query_length", Is::Any),
    may("confirm", Is::Confirm),
    may("focus_on_load", Is::Any),
];
const PICKER: &[Prop] = &[
    may("placeholder", Is::Plain(150)),
    may("initial_date", Is::Any),
    may("initial_time", Is::Any),
    may("initial_date_time", Is::Any),
    may("timezone", Is::Any),
    may("confirm", Is::Confirm),
    may("focus_on_load", Is::Any),
];

/// One choice.
pub(crate) const OPTION: &[Prop] = &[
    must("text", Is::Text(75)),
    must("value", Is::Chars(150)),
    may("url", Is::Chars(MAX_URL)),
    may("description", Is::Text(75)),
];
/// A group of choices.
pub(crate) const GROUP: &[Prop] = &[
    must("label", Is::Plain(75)),
    must("options", Is::Options(1, 100)),
];
/// A confirmation dialog.
pub(crate) const CONFIRM: &[Prop] = &[
    must("title", Is::Plain(100)),
    must("text", Is::Text(300)),
    must("confirm", Is::Plain(30)),
    must("deny", Is::Plain(30)),
    may("style", Is::Style),
];
