//! Whatever arrives, there is an answer, and it can be shown.

use burgee_inbox::{Inbox, InboxConfig, Pacing, Received, Reply, Style, judge, render};
use burgee_model::Service;
use burgee_source::Lang;
use http::Method;
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{StillClock, get, send};

/// Words that mean something to the rules and the views.
const WORDS: &[&str] = &[
    "type",
    "text",
    "blocks",
    "attachments",
    "section",
    "header",
    "fields",
    "elements",
    "actions",
    "button",
    "image",
    "context",
    "markdown",
    "rich_text",
    "rich_text_list",
    "table",
    "rows",
    "accessory",
    "options",
    "mrkdwn",
    "plain_text",
    "msgtype",
    "content",
    "title",
    "link",
    "actionCard",
    "btns",
    "feedCard",
    "links",
    "at",
    "atMobiles",
    "isAtAll",
    "color",
    "url",
    "*a* _b_ ~c~ `d` ```e``` <f|g> <@h> &gt;i",
    "# a\n> b\n- c **d** [e](f) ![g](h)",
    "\u{1b}[31m\u{202e}",
    "",
    "1",
    "#zz",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(WORDS).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[<>|*_~`&;!@#\\[\\]() \n\\-a-z]{0,40}",
    ]
}

fn message() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((word(), inner), 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn received(service: Service, body: Value) -> Received {
    Received {
        number: 1,
        at: Timestamp::UNIX_EPOCH,
        service,
        accepted: false,
        reply: Reply {
            status: 400,
            code: "no".into(),
            body: "no".into(),
            retry_after: None,
        },
        reason: None,
        body,
    }
}

fn is_harmless(card: &str) -> bool {
    card.chars().all(|c| c == '\n' || !c.is_control())
}

/// A coloured card without the escapes that colour it: `ESC [ digits ; … m`.
fn plain(card: &str) -> String {
    let mut parts = card.split("\u{1b}[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        out.push_str(rest.strip_prefix('m').expect("a colour"));
    }
    out
}

proptest! {
    #[test]
    fn any_json_is_judged_and_drawn(message in message(), width in 0usize..120, zh: bool) {
        let lang = if zh { Lang::Zh } else { Lang::En };
        for service in Service::ALL {
            if let Err(refusal) = judge(service, &message) {
                prop_assert!(!refusal.reason.render(lang).is_empty());
            }
            let style = Style { width, lang, ..Style::default() };
            let card = render(&received(service, message.clone()), &style);
            prop_assert!(is_harmless(&card), "{card:?}");
            let coloured = render(&received(service, message.clone()), &Style { colour: true, ..style });
            prop_assert!(is_harmless(&plain(&coloured)), "{coloured:?}");
        }
    }

    #[test]
    fn any_text_is_drawn(text in "[<>|*_~`&;!@# \\[\\]()\n\u{1b}\u{9b}a-z警🚨]{0,200}") {
        let texts = [
            (Service::Slack, json!({"text": text})),
            (Service::Slack, json!({"blocks": [{"type": "markdown", "text": text}]})),
            (Service::Dingding, json!({"msgtype": "markdown", "markdown": {"title": text, "text": text}})),
            (Service::Slack, json!(text)),
        ];
        for (service, body) in texts {
            let card = render(&received(service, body), &Style::default());
            prop_assert!(is_harmless(&card), "{card:?}");
        }
    }
}

#[test]
fn patterns_made_to_be_slow_are_drawn_at_once() {
    // Each would take minutes if an unclosed marker were searched for from every place.
    let long = |pattern: &str| pattern.repeat(200_000 / pattern.len());
    for pattern in [
        "[", "![", "[]", "[a](", "*", "**a ", "(*a", "`a", "<", "<a", "_(*a", "```", "&gt;\n",
    ] {
        let text = long(pattern);
        let bodies = [
            (Service::Slack, json!({"text": text})),
            (
                Service::Slack,
                json!({"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text}}]}),
            ),
            (
                Service::Dingding,
                json!({"msgtype": "markdown", "markdown": {"title": "t", "text": text}}),
            ),
        ];
        for (service, body) in bodies {
            assert!(!render(&received(service, body), &Style::default()).is_empty());
        }
    }
    let mut deep = json!(1);
    for _ in 0..120 {
        deep = json!([deep.clone(), deep["x"]]);
    }
    let body = json!({"deep": vec![deep; 1000]});
    let card = render(&received(Service::Slack, body), &Style::default());
    assert!(card.len() < 200_000, "{}", card.len());
}

#[test]
fn any_bytes_are_answered_and_shown() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let config = InboxConfig {
        pacing: Pacing::Off,
        ..InboxConfig::default()
    };
    let start = Inbox::start(config, StillClock::at(0));
    let inbox = runtime.block_on(start).expect("loopback is free");
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 64,
        ..ProptestConfig::default()
    });
    let kinds = prop::sample::select(vec![
        "application/json",
        "application/x-www-form-urlencoded",
        "x",
    ]);
    let case = (
        prop_oneof![".*", r#"[{}\[\]",:a-z0-9]{0,40}"#, "payload=.*"],
        kinds,
    );
    let result = runner.run(&case, |(body, kind)| {
        runtime.block_on(async {
            for service in Service::ALL {
                let url = inbox.url(service);
                let answer = send(Method::POST, &url, Some(kind), body.clone()).await;
                let fine = match service {
                    Service::Dingding => answer.status == 200 && answer.body.starts_with('{'),
                    Service::Slack => matches!(answer.status, 200 | 400) && !answer.body.is_empty(),
                };
                prop_assert!(fine, "{answer:?}");
            }
            let newest = inbox.messages().pop().expect("kept");
            prop_assert!(is_harmless(&render(&newest, &Style::default())));
            prop_assert_eq!(get(&inbox, "/").await.status, 200);
            Ok(())
        })
    });
    result.expect("every body is answered");
}
