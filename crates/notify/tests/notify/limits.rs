//! Limits at the boundary and one beyond, in each service's unit: characters for Slack, bytes for DingTalk.

use burgee_model::Service;
use burgee_notify::check_message;
use burgee_source::{Node, Severity};
use serde_json::{Value, json};

const LETTERS: [char; 3] = ['a', '警', '🚨'];

fn is_taken(service: Service, message: Value) -> bool {
    let problems = check_message(service, &Node::from(message));
    problems
        .iter()
        .all(|problem| problem.severity() != Severity::Error)
}

/// Slack counts characters, whatever their size.
fn boundary(limit: usize, message: impl Fn(&str) -> Value) {
    for letter in LETTERS {
        let text = |length| letter.to_string().repeat(length);
        assert!(
            is_taken(Service::Slack, message(&text(limit))),
            "{letter} × {limit}"
        );
        assert!(
            !is_taken(Service::Slack, message(&text(limit + 1))),
            "{letter} × {limit} + 1"
        );
    }
}

fn block(block: Value) -> Value {
    json!({"text": "t", "blocks": [block]})
}

fn button(more: Value) -> Value {
    let mut button = json!({"type": "button", "text": {"type": "plain_text", "text": "b"}});
    let object = button.as_object_mut().expect("an object");
    object.extend(more.as_object().expect("an object").clone());
    block(json!({"type": "actions", "elements": [button]}))
}

#[test]
fn texts_of_blocks() {
    boundary(3000, |text| {
        block(json!({"type": "section", "text": {"type": "mrkdwn", "text": text}}))
    });
    boundary(2000, |text| {
        block(json!({"type": "section", "fields": [{"type": "plain_text", "text": text}]}))
    });
    boundary(150, |text| {
        block(json!({"type": "header", "text": {"type": "plain_text", "text": text}}))
    });
    boundary(12_000, |text| {
        block(json!({"type": "markdown", "text": text}))
    });
    boundary(255, |text| {
        block(json!({"type": "divider", "block_id": text}))
    });
    boundary(200, |text| block(json!({"type": "alert", "text": text})));
}

#[test]
fn pictures() {
    let image =
        |alt: &str, url: &str| block(json!({"type": "image", "alt_text": alt, "image_url": url}));
    boundary(2000, |text| image(text, "https://a.test/b.png"));
    boundary(3000, |text| image("a", text));
}

#[test]
fn buttons() {
    boundary(75, |text| {
        button(json!({"text": {"type": "plain_text", "text": text}}))
    });
    boundary(3000, |text| button(json!({"url": text})));
    boundary(2000, |text| button(json!({"value": text})));
    boundary(255, |text| button(json!({"action_id": text})));
    boundary(75, |text| button(json!({"accessibility_label": text})));
    let confirm = |title: &str, text: &str, yes: &str| {
        let plain = |text: &str| json!({"type": "plain_text", "text": text});
        button(json!({"confirm": {
            "title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain("no"),
        }}))
    };
    boundary(100, |text| confirm(text, "t", "y"));
    boundary(300, |text| confirm("t", text, "y"));
    boundary(30, |text| confirm("t", "t", text));
}

#[test]
fn attachments() {
    boundary(
        300,
        |text| json!({"attachments": [{"text": "t", "footer": text}]}),
    );
}

#[test]
fn counts() {
    let many = |item: Value, count: usize| Value::from(vec![item; count]);
    let text = json!({"type": "plain_text", "text": "t"});
    let button = json!({"type": "button", "text": text});
    let option = json!({"text": text, "value": "v"});
    let menu = |kind: &str, count: usize| {
        block(
            json!({"type": "actions", "elements": [{"type": kind, "options": many(option.clone(), count)}]}),
        )
    };
    let cases: [(usize, &dyn Fn(usize) -> Value); 8] = [
        (
            50,
            &|n| json!({"text": "t", "blocks": many(json!({"type": "divider"}), n)}),
        ),
        (
            100,
            &|n| json!({"text": "t", "attachments": many(json!({"text": "a"}), n)}),
        ),
        (10, &|n| {
            block(json!({"type": "section", "fields": many(text.clone(), n)}))
        }),
        (10, &|n| {
            block(json!({"type": "context", "elements": many(text.clone(), n)}))
        }),
        (25, &|n| {
            block(json!({"type": "actions", "elements": many(button.clone(), n)}))
        }),
        (100, &|n| menu("static_select", n)),
        (5, &|n| menu("overflow", n)),
        (10, &|n| menu("checkboxes", n)),
    ];
    for (index, (limit, message)) in cases.iter().enumerate() {
        assert!(
            is_taken(Service::Slack, message(*limit)),
            "case {index} at {limit}"
        );
        assert!(
            !is_taken(Service::Slack, message(limit + 1)),
            "case {index} beyond {limit}"
        );
    }
}

#[test]
fn markdown_blocks_share_one_limit() {
    let blocks = |lengths: [usize; 2]| {
        let block = |length| json!({"type": "markdown", "text": "警".repeat(length)});
        json!({"text": "t", "blocks": lengths.map(block)})
    };
    assert!(is_taken(Service::Slack, blocks([6000, 6000])));
    assert!(!is_taken(Service::Slack, blocks([6000, 6001])));
}

#[test]
fn text_of_a_slack_message_is_cut_and_not_refused() {
    for letter in LETTERS {
        let check = |length| {
            let message = json!({"text": letter.to_string().repeat(length)});
            check_message(Service::Slack, &Node::from(message))
        };
        assert!(check(40_000).is_empty());
        let codes: Vec<_> = check(40_001)
            .iter()
            .map(|problem| problem.rule().code)
            .collect();
        assert_eq!(codes, ["notify/cut-text"]);
    }
}

#[test]
fn dingtalk_counts_the_bytes_of_the_whole_body() {
    for letter in LETTERS {
        let message = |bytes: usize| {
            let frame = json!({"msgtype": "text", "text": {"content": ""}})
                .to_string()
                .len();
            let content = bytes - frame;
            let letters = content / letter.len_utf8();
            let filler = content % letter.len_utf8();
            let text = letter.to_string().repeat(letters) + &"x".repeat(filler);
            let message = json!({"msgtype": "text", "text": {"content": text}});
            assert_eq!(message.to_string().len(), bytes);
            message
        };
        assert!(is_taken(Service::Dingding, message(20_000)), "{letter}");
        assert!(!is_taken(Service::Dingding, message(20_001)), "{letter}");
    }
}
