//! Typed messages.

use burgee_model::Service;
use burgee_notify::{check_message, dingtalk, slack};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn text() -> impl Strategy<Value = String> {
    ".{1,12}"
}

fn maybe() -> impl Strategy<Value = Option<String>> {
    prop::option::of(text())
}

fn block() -> impl Strategy<Value = slack::Block> {
    (text(), maybe()).prop_map(|(words, block_id)| {
        let mut more = Map::new();
        more.insert("text".into(), json!({"type": "mrkdwn", "text": words}));
        slack::Block {
            kind: "section".into(),
            block_id,
            more,
        }
    })
}

fn field() -> impl Strategy<Value = slack::Field> {
    (maybe(), maybe(), any::<Option<bool>>()).prop_map(|(title, value, short)| slack::Field {
        title,
        value,
        short,
    })
}

prop_compose! {
    fn attachment()(
        texts in prop::array::uniform6(maybe()),
        text in maybe(),
        fields in prop::collection::vec(field(), 0..3),
        blocks in prop::collection::vec(block(), 0..2),
        ts in any::<Option<u32>>(),
    ) -> slack::Attachment {
        let [fallback, color, pretext, title, title_link, footer] = texts;
        let ts = ts.map(Value::from);
        slack::Attachment {
            fallback, color, pretext, title, title_link, text, fields, blocks, footer, ts,
            more: Map::new(),
        }
    }
}

prop_compose! {
    fn slack_message()(
        text in maybe(),
        blocks in prop::collection::vec(block(), 0..3),
        attachments in prop::collection::vec(attachment(), 0..3),
        thread_ts in maybe(),
        flags in any::<[Option<bool>; 4]>(),
        event in maybe(),
    ) -> slack::Message {
        let [mrkdwn, unfurl_links, unfurl_media, link_names] = flags;
        let metadata = event.map(|event_type| slack::Metadata { event_type, event_payload: Map::new() });
        slack::Message {
            text, blocks, attachments, thread_ts, mrkdwn, unfurl_links, unfurl_media, link_names,
            metadata, more: Map::new(),
        }
    }
}

fn content() -> impl Strategy<Value = dingtalk::Content> {
    use dingtalk::{
        ActionCard, Button, Buttons, Content, FeedCard, FeedLink, Link, Markdown, Text,
    };
    let buttons = prop_oneof![
        (text(), text()).prop_map(|(title, url)| Buttons::One { title, url }),
        prop::collection::vec(
            (text(), text()).prop_map(|(title, action_url)| Button { title, action_url }),
            1..3
        )
        .prop_map(|btns| Buttons::Many { btns }),
    ];
    prop_oneof![
        text().prop_map(|content| Content::Text {
            text: Text { content }
        }),
        (text(), text(), text(), maybe()).prop_map(|(title, text, message_url, pic_url)| {
            Content::Link {
                link: Link {
                    title,
                    text,
                    message_url,
                    pic_url,
                },
            }
        }),
        (text(), text()).prop_map(|(title, text)| Content::Markdown {
            markdown: Markdown { title, text }
        }),
        (
            text(),
            text(),
            prop::option::of("[01]"),
            prop::option::of("[01]"),
            buttons
        )
            .prop_map(|(title, text, btn_orientation, hide_avatar, buttons)| {
                Content::ActionCard {
                    action_card: ActionCard {
                        title,
                        text,
                        btn_orientation,
                        hide_avatar,
                        buttons,
                    },
                }
            }),
        prop::collection::vec(
            (text(), text(), text()).prop_map(|(title, message_url, pic_url)| FeedLink {
                title,
                message_url,
                pic_url
            }),
            1..3
        )
        .prop_map(|links| Content::FeedCard {
            feed_card: FeedCard { links }
        }),
    ]
}

prop_compose! {
    fn dingtalk_message()(
        content in content(),
        at in prop::option::of((prop::collection::vec("1[0-9]{10}", 0..2), any::<Option<bool>>())),
    ) -> dingtalk::Message {
        let at = at.map(|(at_mobiles, is_at_all)| dingtalk::At {
            at_mobiles, is_at_all, at_user_ids: Vec::new(),
        });
        dingtalk::Message { content, at }
    }
}

proptest! {
    #[test]
    fn slack_message_survives_serialisation(message in slack_message()) {
        let text = serde_json::to_string(&message).expect("JSON");
        let back: slack::Message = serde_json::from_str(&text).expect("a message");
        prop_assert_eq!(back, message);
    }

    #[test]
    fn dingtalk_message_survives_serialisation_and_passes_the_check(message in dingtalk_message()) {
        let text = serde_json::to_string(&message).expect("JSON");
        let back: dingtalk::Message = serde_json::from_str(&text).expect("a message");
        prop_assert_eq!(&back, &message);
        let problems = check_message(Service::Dingding, &message.to_node());
        let errors: Vec<_> = problems
            .iter()
            .filter(|problem| problem.severity() == burgee_source::Severity::Error)
            .collect();
        prop_assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn old_manifests_can_be_read_as_types() {
    let old = json!({
        "text": "hi", "blocks": null, "attachments": {"text": "a", "fields": null},
        "thread_ts": null, "mrkdwn": true, "icon_emoji": ":ship:",
    });
    let message: slack::Message = serde_json::from_value(old).expect("a message");
    assert_eq!(
        message.to_node().to_json_text(),
        r#"{"text":"hi","attachments":[{"text":"a"}],"mrkdwn":true,"icon_emoji":":ship:"}"#
    );
    let none: slack::Message =
        serde_json::from_value(json!({"attachments": null})).expect("a message");
    assert!(none.attachments.is_empty());
}
