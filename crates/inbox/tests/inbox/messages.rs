//! Messages around the services' limits: most are right, or wrong in one place.

use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};

type Json = BoxedStrategy<Value>;
type Field = (&'static str, BoxedStrategy<Option<Value>>);

/// An object of fields; a `None` leaves its field out.
fn object(fields: Vec<Field>) -> Json {
    let (keys, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    values
        .prop_map(move |values| {
            let fields = keys.iter().zip(values);
            let fields = fields.filter_map(|(key, value)| Some(((*key).to_owned(), value?)));
            Value::Object(fields.collect())
        })
        .boxed()
}

/// A field that is mostly there and mostly of the right type.
fn must(value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Option<Value>> {
    prop_oneof![
        40 => value.prop_map(Some),
        1 => Just(None),
        1 => odd().prop_map(Some),
    ]
    .boxed()
}

/// A field that is there half of the time.
fn may(value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Option<Value>> {
    prop_oneof![
        20 => value.prop_map(Some),
        20 => Just(None),
        1 => odd().prop_map(Some),
    ]
    .boxed()
}

/// A field that is hardly ever there.
fn seldom(value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Option<Value>> {
    prop_oneof![1 => value.prop_map(Some), 30 => Just(None)].boxed()
}

fn odd() -> Json {
    select(vec![
        json!(null),
        json!(0),
        json!(true),
        json!(""),
        json!([]),
        json!({}),
    ])
    .boxed()
}

/// A text of about `limit` characters at most, in scripts of one to four bytes.
fn text(limit: usize) -> Json {
    let other = select(vec![1, 20, limit - 1]);
    let length = prop_oneof![16 => Just(5), 2 => Just(limit), 1 => Just(limit + 1), 1 => other];
    (select(vec!["x", "警", "🚨"]), length)
        .prop_map(|(unit, length)| json!(unit.repeat(length)))
        .boxed()
}

fn url() -> Json {
    Just(json!("https://example.com/run/1")).boxed()
}

fn of(kind: &'static str) -> BoxedStrategy<Option<Value>> {
    must(Just(json!(kind)))
}

/// A list of `usual` items, or of about `max` copies of one.
fn list(item: Json, max: usize) -> Json {
    prop_oneof![
        12 => vec(item.clone(), 1..3).prop_map(Value::from),
        1 => (item, select(vec![0, max, max + 1]))
            .prop_map(|(item, count)| Value::from(vec![item; count])),
    ]
    .boxed()
}

// === Slack ===

fn text_object(limit: usize, kinds: &'static [&'static str]) -> Json {
    object(vec![
        ("type", must(select(kinds).prop_map(Value::from))),
        ("text", must(text(limit))),
        ("emoji", seldom(any::<bool>().prop_map(Value::from))),
        ("verbatim", seldom(any::<bool>().prop_map(Value::from))),
        ("colour", seldom(odd())),
    ])
}

const BOTH: &[&str] = &["plain_text", "mrkdwn"];
const PLAIN: &[&str] = &[
    "plain_text",
    "plain_text",
    "plain_text",
    "plain_text",
    "mrkdwn",
];

fn picture(kind: &'static str) -> Json {
    object(vec![
        ("type", of(kind)),
        ("image_url", must(url())),
        ("alt_text", must(text(2000))),
    ])
}

fn button() -> Json {
    object(vec![
        ("type", of("button")),
        ("text", must(text_object(75, PLAIN))),
        ("url", may(url())),
        ("value", may(text(2000))),
        ("action_id", seldom(text(255))),
        (
            "style",
            may(select(vec!["primary", "danger", "blue"]).prop_map(Value::from)),
        ),
        ("href", seldom(url())),
    ])
}

fn option() -> Json {
    object(vec![
        ("text", must(text_object(75, BOTH))),
        ("value", must(text(150))),
        ("description", seldom(text_object(75, BOTH))),
    ])
}

fn confirm() -> Json {
    object(vec![
        ("title", must(text_object(100, PLAIN))),
        ("text", must(text_object(300, BOTH))),
        ("confirm", must(text_object(30, PLAIN))),
        ("deny", must(text_object(30, PLAIN))),
        ("style", seldom(Just(json!("danger")))),
    ])
}

/// Menus and their kin.
fn chooser() -> Json {
    let most = |kind: &'static str, max| {
        object(vec![
            ("type", of(kind)),
            ("options", must(list(option(), max))),
            ("confirm", seldom(confirm())),
            ("placeholder", seldom(text_object(150, PLAIN))),
        ])
    };
    let grouped = object(vec![
        ("type", of("static_select")),
        (
            "option_groups",
            must(list(
                object(vec![
                    ("label", must(text_object(75, PLAIN))),
                    ("options", must(list(option(), 100))),
                ]),
                100,
            )),
        ),
    ]);
    let plain = object(vec![
        (
            "type",
            must(
                select(vec![
                    "users_select",
                    "datepicker",
                    "multi_users_select",
                    "button",
                ])
                .prop_map(Value::from),
            ),
        ),
        ("action_id", may(text(255))),
        ("placeholder", may(text_object(150, PLAIN))),
    ]);
    prop_oneof![
        2 => most("static_select", 100),
        2 => most("overflow", 5),
        2 => most("radio_buttons", 10),
        1 => grouped,
        2 => plain,
    ]
    .boxed()
}

/// The blocks that are seen less often.
fn rare_block() -> Json {
    let part = object(vec![
        (
            "type",
            must(
                select(vec![
                    "rich_text_section",
                    "rich_text_quote",
                    "rich_text_preformatted",
                ])
                .prop_map(Value::from),
            ),
        ),
        (
            "elements",
            must(list(
                object(vec![("type", of("text")), ("text", must(text(20)))]),
                5,
            )),
        ),
    ]);
    let rich_text = object(vec![
        ("type", of("rich_text")),
        ("elements", must(list(part, 10))),
    ]);
    let cell = Just(json!({"type": "raw_text", "text": "a"})).boxed();
    let table = object(vec![
        ("type", of("table")),
        ("rows", must(list(list(cell.clone(), 20), 100))),
    ]);
    let data_table = object(vec![
        ("type", of("data_table")),
        ("rows", must(list(list(cell, 20), 201))),
    ]);
    let video = object(vec![
        ("type", of("video")),
        ("alt_text", must(text(200))),
        ("title", must(text_object(200, PLAIN))),
        ("video_url", must(url())),
        ("thumbnail_url", must(url())),
        ("author_name", may(text(50))),
        ("description", may(text_object(200, PLAIN))),
    ]);
    let alert = object(vec![
        ("type", of("alert")),
        ("text", may(prop_oneof![text(200), text_object(200, BOTH)])),
    ]);
    let carousel = object(vec![
        ("type", of("carousel")),
        (
            "elements",
            may(list(Just(json!({"type": "card"})).boxed(), 10)),
        ),
    ]);
    let card = object(vec![
        ("type", of("card")),
        ("title", may(text_object(150, BOTH))),
        ("body", may(text_object(200, BOTH))),
        ("actions", may(list(button(), 3))),
    ]);
    prop_oneof![rich_text, table, data_table, video, alert, carousel, card].boxed()
}

fn block() -> Json {
    let section = object(vec![
        ("type", of("section")),
        ("text", must(text_object(3000, BOTH))),
        ("fields", may(list(text_object(2000, BOTH), 10))),
        (
            "accessory",
            may(prop_oneof![button(), picture("image"), chooser()]),
        ),
        ("block_id", seldom(text(255))),
        ("unknown", seldom(odd())),
    ]);
    let header = object(vec![
        ("type", of("header")),
        ("text", must(text_object(150, PLAIN))),
    ]);
    let context = object(vec![
        ("type", of("context")),
        (
            "elements",
            must(list(
                prop_oneof![text_object(2000, BOTH), picture("image")].boxed(),
                10,
            )),
        ),
    ]);
    let actions = object(vec![
        ("type", of("actions")),
        (
            "elements",
            must(list(prop_oneof![button(), chooser()].boxed(), 25)),
        ),
    ]);
    let markdown = object(vec![("type", of("markdown")), ("text", must(text(12_000)))]);
    let other =
        select(vec!["divider", "sektion", "input", "file"]).prop_map(|kind| json!({"type": kind}));
    prop_oneof![
        4 => section,
        2 => header,
        1 => picture("image"),
        2 => context,
        2 => actions,
        1 => markdown,
        2 => Just(json!({"type": "divider"})),
        1 => rare_block(),
        1 => other,
    ]
    .boxed()
}

fn attachment() -> Json {
    object(vec![
        ("fallback", must(text(100))),
        ("text", may(text(700))),
        (
            "color",
            may(select(vec!["good", "#36a64f"]).prop_map(Value::from)),
        ),
        ("title", may(text(100))),
        ("title_link", may(url())),
        ("footer", may(text(300))),
        (
            "fields",
            may(list(
                object(vec![
                    ("title", may(text(10))),
                    ("value", may(text(10))),
                    ("short", may(any::<bool>().prop_map(Value::from))),
                ]),
                10,
            )),
        ),
        ("blocks", seldom(list(block(), 50))),
    ])
}

/// Messages for Slack.
pub(crate) fn slack() -> Json {
    // Few parts leave room for one that is just right or just wrong.
    let simple = block().prop_map(|block| json!({"blocks": [block]}));
    let full = object(vec![
        ("text", must(text(100))),
        ("blocks", may(list(block(), 50))),
        ("attachments", may(list(attachment(), 100))),
        (
            "thread_ts",
            seldom(select(vec![json!("1700000000.123456"), json!(1.5)])),
        ),
        ("mrkdwn", seldom(any::<bool>().prop_map(Value::from))),
        ("unfurl_links", seldom(odd())),
        ("channel", seldom(Just(json!("#ops")))),
    ]);
    prop_oneof![simple, full].boxed()
}

// === DingTalk ===

fn link(spelling: &'static [(&'static str, &'static str)]) -> Json {
    let right = object(vec![
        ("title", must(text(20))),
        ("text", must(text(20))),
        (spelling[0].0, must(url())),
        (spelling[1].0, must(url())),
    ]);
    let wrong = object(vec![
        ("title", must(text(20))),
        ("text", must(text(20))),
        (spelling[0].1, must(url())),
        (spelling[1].1, must(url())),
    ]);
    prop_oneof![12 => right, 1 => wrong].boxed()
}

fn card() -> Json {
    let switch = || {
        let values = vec![json!("0"), json!("1"), json!("0"), json!("1"), json!(0)];
        select(values).boxed()
    };
    let button = object(vec![("title", must(text(20))), ("actionURL", must(url()))]);
    let base = |single: bool, several: bool| {
        let mut fields = vec![
            ("title", must(text(20))),
            ("text", must(text(20))),
            ("btnOrientation", may(switch())),
            ("hideAvatar", may(switch())),
        ];
        if single {
            fields.push(("singleTitle", must(text(20))));
            fields.push(("singleURL", must(url())));
        }
        if several {
            fields.push(("btns", must(list(button.clone(), 5))));
        }
        object(fields)
    };
    prop_oneof![
        6 => base(true, false),
        6 => base(false, true),
        1 => base(true, true),
        1 => base(false, false),
    ]
    .boxed()
}

/// Messages for DingTalk. Some texts make the whole longer than a request may be.
pub(crate) fn dingtalk() -> Json {
    let kinds = vec!["text", "link", "markdown", "actionCard", "feedCard"];
    let kind = prop_oneof![
        12 => select(kinds),
        1 => select(vec!["actioncard", "image", ""]),
    ];
    let content = prop_oneof![
        6 => text(20),
        1 => (19_900usize..20_010).prop_map(|length| json!("x".repeat(length))),
        1 => (6_600usize..6_680).prop_map(|length| json!("警".repeat(length))),
    ];
    let at = object(vec![
        (
            "atMobiles",
            may(list(
                select(vec![json!("13800000000"), json!("13900000000")]).boxed(),
                3,
            )),
        ),
        ("atUserIds", may(list(Just(json!("user1")).boxed(), 3))),
        ("isAtAll", may(any::<bool>().prop_map(Value::from))),
    ]);
    let message = (
        kind,
        object(vec![("content", must(content))]),
        object(vec![("title", must(text(20))), ("text", must(text(200)))]),
        link(&[("messageUrl", "messageURL"), ("picUrl", "picURL")]),
        card(),
        object(vec![(
            "links",
            must(list(
                link(&[("messageURL", "messageUrl"), ("picURL", "picUrl")]),
                5,
            )),
        )]),
        may(at),
        prop_oneof![15 => Just(0), 1 => Just(1), 1 => Just(2), 1 => Just(3)],
    );
    message
        .prop_map(|(kind, text, markdown, link, card, feed, at, slip)| {
            let body = match kind {
                "text" => text,
                "markdown" => markdown,
                "link" => link,
                "feedCard" => feed,
                _ => card,
            };
            // Slips: the object is missing, is of another type, stands under another name.
            let mut message = match slip {
                1 => json!({"msgtype": kind}),
                2 => json!({"msgtype": kind, kind: "text"}),
                3 => json!({"msgtype": kind, "body": body}),
                _ => json!({"msgtype": kind, kind: body}),
            };
            if let Some(at) = at {
                message["at"] = at;
            }
            message
        })
        .boxed()
}
