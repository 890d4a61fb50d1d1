//! What the check of a step says, as its reader sees it.

use burgee_model::MessageLint as _;
use burgee_notify::{Lint, check_message};
use burgee_source::{Diagnostic, Lang, Node, Span};
use insta::assert_snapshot;
use serde_json::{Value, json};

/// One line a problem, hints below.
fn shown(problems: &[Diagnostic]) -> String {
    let mut out = String::new();
    for problem in problems {
        let (severity, code) = (problem.severity().as_str(), problem.rule().code);
        out.push_str(&format!(
            "{severity}[{code}] {}\n",
            problem.message(Lang::En)
        ));
        for hint in problem.hints(Lang::En) {
            out.push_str(&format!("  = {hint}\n"));
        }
        for lang in [Lang::En, Lang::Zh] {
            let mut words = problem.hints(lang);
            words.push(problem.message(lang));
            assert!(words.iter().all(|text| is_filled(text)), "{words:?}");
        }
    }
    out
}

/// True when no `{argument}` was left without its value.
fn is_filled(text: &str) -> bool {
    text.split('{').skip(1).all(|rest| {
        let word = rest.split('}').next().unwrap_or_default();
        word.len() == rest.len()
            || !word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    })
}

fn lint_pending(properties: Value, pending: &[&str]) -> String {
    let node = Node::from(properties);
    shown(&Lint::default().lint(Some(&node), pending, Span::NONE))
}

fn lint(properties: Value) -> String {
    lint_pending(properties, &[])
}

/// The problems of a message; its URL is good.
fn slack(message: Value) -> String {
    lint(json!({"slack": {"url": secret(), "message": message}}))
}

fn dingtalk(message: Value) -> String {
    lint(json!({"dingding": {"url": secret(), "message": message}}))
}

fn secret() -> Value {
    json!({"secretRef": {"name": "hooks", "key": "url"}})
}

fn url(service: &str, url: Value) -> String {
    let message = match service {
        "slack" => json!({"text": "hi"}),
        _ => json!({"msgtype": "text", "text": {"content": "hi"}}),
    };
    lint(json!({service: {"url": url, "message": message}}))
}

#[test]
fn the_missions_own_steps_are_warned_about_and_nothing_more() {
    let dingtalk = json!({"dingding": {
        "url": "<your dingding url>",
        "message": {"msgtype": "text", "text": {"content": "开始运行工作流"}},
    }});
    assert_snapshot!(lint(dingtalk), @r#"
    warning[notify/old-url-form] this way to write a `url` is from KubeVela 1.1.1
      = today it is written `url: {value: …}`, or `url: {secretRef: {name: …, key: …}}`
    warning[notify/placeholder-url] this is the example's text and not a webhook URL
      = copy the Webhook from the robot's settings: https://oapi.dingtalk.com/robot/send?access_token=…
      = or run with `--inbox` to see the messages here
    "#);
    let slack = json!({"slack": {"url": "<your slack url>"}});
    assert_snapshot!(lint_pending(slack, &["properties.slack.message.text"]), @r#"
    warning[notify/old-url-form] this way to write a `url` is from KubeVela 1.1.1
      = today it is written `url: {value: …}`, or `url: {secretRef: {name: …, key: …}}`
    warning[notify/placeholder-url] this is the example's text and not a webhook URL
      = copy it from the Slack app's page Incoming Webhooks: https://hooks.slack.com/services/T…/B…/…
      = or run with `--inbox` to see the messages here
    "#);
}

#[test]
fn step_without_a_service_sends_nothing() {
    assert_snapshot!(shown(&Lint::default().lint(None, &[], Span::NONE)), @r#"
    warning[notify/nothing-to-send] this step names no service, so it sends nothing
      = give `slack` or `dingding`, each with `url` and `message`
    "#);
    assert_snapshot!(lint(json!({"dingtalk": {"url": "x"}, "slak": {}})), @r#"
    warning[field/unknown] `properties` has no field `dingtalk`
      = did you mean `dingding`?
    warning[field/unknown] `properties` has no field `slak`
      = did you mean `slack`?
    warning[notify/nothing-to-send] this step names no service, so it sends nothing
      = give `slack` or `dingding`, each with `url` and `message`
    "#);
    assert_snapshot!(lint(json!([1])), @r#"error[field/wrong-type] `properties` must be of type object, not list"#);
}

#[test]
fn services_that_are_not_spoken_to_are_named() {
    assert_snapshot!(lint(json!({"lark": {"url": "x"}, "email": {}})), @r#"
    error[notify/unsupported-service] messages to `lark` are not carried out yet
      = `slack` and `dingding` are; take this block out to run the file here
    error[notify/unsupported-service] messages to `email` are not carried out yet
      = `slack` and `dingding` are; take this block out to run the file here
    "#);
}

#[test]
fn all_forms_of_a_url_are_understood() {
    let live = "https://hooks.slack.com/services/T0AAAAAAA/B0BBBBBBB/cccccccccccccccccccccccc";
    let other = "https://chat.test/hooks/abcdefghijklmnopqrstuvwxyz";
    assert_snapshot!(url("slack", secret()), @"");
    assert_snapshot!(url("slack", json!({"value": other})), @"");
    assert_snapshot!(url("slack", json!(other)), @r#"
    warning[notify/old-url-form] this way to write a `url` is from KubeVela 1.1.1
      = today it is written `url: {value: …}`, or `url: {secretRef: {name: …, key: …}}`
    "#);
    assert_snapshot!(url("slack", json!({"address": other})), @r#"
    warning[notify/old-url-form] this way to write a `url` is from KubeVela 1.1.6
      = today it is written `url: {value: …}`, or `url: {secretRef: {name: …, key: …}}`
    "#);
    assert_snapshot!(url("slack", json!({"fromSecret": {"name": "a", "key": "b"}})), @r#"
    warning[notify/old-url-form] this way to write a `url` is from KubeVela 1.1.6
      = today it is written `url: {value: …}`, or `url: {secretRef: {name: …, key: …}}`
    "#);
    assert_snapshot!(url("slack", json!(live)), @r#"
    warning[notify/secret-in-manifest] whoever can read this file can post to the chat: `url` is a secret
      = keep it in a Secret: `url: {secretRef: {name: …, key: …}}`
    "#);
    assert_snapshot!(url("slack", json!({"value": live, "secretRef": {"name": "a", "key": "b"}})), @r#"
    error[notify/both-forms] `slack.url` has both `value` and `secretRef`
      = give one: `{value: …}` or `{secretRef: {name: …, key: …}}`
    "#);
    assert_snapshot!(url("slack", json!({})), @r#"
    error[notify/no-url] `slack.url` says neither `value` nor `secretRef`
      = give one: `{value: …}` or `{secretRef: {name: …, key: …}}`
    "#);
    assert_snapshot!(url("slack", json!(12)), @r#"
    error[field/wrong-type] `slack.url` must be of type string, not number
      = put it in quotes to make it a string: "12"
    "#);
    assert_snapshot!(url("slack", Value::Null), @r#"error[field/missing] `url` is required in `slack`"#);
}

#[test]
fn examples_and_manuals_are_placeholders() {
    for text in [
        "<your slack url>",
        "xxxx",
        "changeme",
        "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "https://hooks.slack.com/services/...",
        "https://api.slack.com/messaging/webhooks",
        "https://developers.dingtalk.com/document/robots/custom-robot-access",
        "https://example.com/hook",
        "https://oapi.dingtalk.com/robot/send?access_token=xxxxxx",
        "{{ .Values.url }}",
        "${SLACK_URL}",
        "",
    ] {
        let said = url("slack", json!({"value": text}));
        assert!(
            said.starts_with("warning[notify/placeholder-url]"),
            "{text}: {said}"
        );
    }
}

#[test]
fn urls_of_others_and_pages_are_told_apart() {
    let value = |service, text: &str| url(service, json!({"value": text}));
    assert_snapshot!(value("slack", "https://oapi.dingtalk.com/robot/send?access_token=0123456789"), @r#"
    error[notify/other-service] `oapi.dingtalk.com` belongs to DingTalk, not to Slack
      = move it to a block called `dingding`
    "#);
    assert_snapshot!(value("dingding", "https://hooks.slack.com/services/T0A/B0B/c"), @r#"
    error[notify/other-service] `hooks.slack.com` belongs to Slack, not to DingTalk
      = move it to a block called `slack`
    "#);
    assert_snapshot!(value("slack", "https://discord.com/api/webhooks/1/abc"), @r#"
    error[notify/other-service] `discord.com` belongs to Discord, not to Slack
      = copy it from the Slack app's page Incoming Webhooks: https://hooks.slack.com/services/T…/B…/…
    "#);
    assert_snapshot!(value("slack", "https://hooks.slack.com/services/T0AAAAAAA/B0BBBBBBB"), @r#"
    error[notify/cut-url] this Slack webhook URL is not complete
      = copy it from the Slack app's page Incoming Webhooks: https://hooks.slack.com/services/T…/B…/…
    "#);
    assert_snapshot!(value("slack", "https://hooks.slack.com/triggers/T0A/1/abcdef"), @r#"
    error[notify/slack-workflow-url] this URL starts a Slack workflow: it takes the workflow's variables, not a message
      = copy it from the Slack app's page Incoming Webhooks: https://hooks.slack.com/services/T…/B…/…
    "#);
    assert_snapshot!(value("slack", "https://app.slack.com/client/T0A/C0B"), @r#"
    error[notify/wrong-page] this URL of Slack is not a webhook
      = copy it from the Slack app's page Incoming Webhooks: https://hooks.slack.com/services/T…/B…/…
    "#);
    assert_snapshot!(value("slack", "http://chat.test/hooks/abcdef"), @r#"
    warning[notify/plain-http] http:// shows the URL, which is a secret, to everybody on the way
      = use https://; `run` sends to http:// beyond this machine only with `--allow-http`
    "#);
    assert_snapshot!(value("slack", "http://127.0.0.1:8080/services/T0A/B0B/c"), @"");
    assert_snapshot!(value("dingding", "https://oapi.dingtalk.com/robot/send"), @r#"
    error[notify/cut-url] this DingTalk webhook URL is not complete
      = copy the Webhook from the robot's settings: https://oapi.dingtalk.com/robot/send?access_token=…
    "#);
    assert_snapshot!(value("dingding", "https://oapi.dingtalk.com/robot/send?access_token=abcdef&timestamp=1&sign=x"), @r#"
    warning[notify/secret-in-manifest] whoever can read this file can post to the chat: `url` is a secret
      = keep it in a Secret: `url: {secretRef: {name: …, key: …}}`
    warning[notify/stale-signature] `timestamp` and `sign` in the URL are good for an hour only, so they are left out
      = take them out and give the robot's `secret` beside `url`: each message is signed afresh
    "#);
    assert_snapshot!(value("dingding", "0123456789abcdef0123456789abcdef"), @r#"
    error[notify/not-a-url] this is no webhook URL
      = it looks like the token alone: the whole URL is needed
      = copy the Webhook from the robot's settings: https://oapi.dingtalk.com/robot/send?access_token=…
    "#);
    assert_snapshot!(value("slack", "https://hooks.slack.com@evil.test/services/T0A/B0B/c"), @r#"
    error[notify/not-a-url] this is no webhook URL
      = it has a user name before the host, which disguises where it leads
      = copy it from the Slack app's page Incoming Webhooks: https://hooks.slack.com/services/T…/B…/…
    "#);
    assert_snapshot!(value("slack", "hooks.slack.com/services"), @r#"
    error[notify/not-a-url] this is no webhook URL
      = it does not begin with https://
      = copy it from the Slack app's page Incoming Webhooks: https://hooks.slack.com/services/T…/B…/…
    "#);
}

#[test]
fn signing_secret_is_looked_at() {
    let block = |secret: Value| {
        lint(json!({"dingding": {
            "url": self::secret(), "secret": secret,
            "message": {"msgtype": "text", "text": {"content": "hi"}},
        }}))
    };
    assert_snapshot!(block(self::secret()), @"");
    assert_snapshot!(block(json!("this is secret")), @r#"
    warning[notify/odd-secret] a DingTalk signing secret begins with SEC
      = copy it whole from the robot's security settings (加签)
    warning[notify/secret-in-manifest] whoever can read this file can post to the chat: `secret` is a secret
      = keep it in a Secret: `secret: {secretRef: {name: …, key: …}}`
    "#);
    assert_snapshot!(block(json!({"value": "<your secret>"})), @r#"
    warning[notify/placeholder-secret] this is the example's text and not a signing secret
      = copy it whole from the robot's security settings (加签)
    "#);
    assert_snapshot!(block(json!("")), @r#"error[notify/empty-field] `dingding.secret` must not be empty"#);
    assert_snapshot!(lint(json!({"slack": {"url": self::secret(), "secret": "x", "message": {"text": "hi"}}})), @r#"
    warning[field/unknown] `slack` has no field `secret`
      = known here: url, message
    "#);
}

#[test]
fn what_inputs_fill_counts_as_present() {
    let block = json!({"slack": {"url": secret(), "message": {"blocks": [{"type": "section"}]}}});
    assert_snapshot!(lint(block.clone()), @r#"
    error[field/missing] `text` is required in `slack.message.blocks[0]`
    warning[notify/no-fallback] without `text`, notifications of this message say only that it cannot be displayed
      = give `text` a line that says the same in short
    "#);
    let filled = ["slack.message.blocks[0].text.text", "slack.message.text"];
    assert_snapshot!(lint_pending(block, &filled), @r#"error[field/missing] `type` is required in `slack.message.blocks[0].text`"#);
    assert_snapshot!(lint_pending(json!({"slack": {"message": {"text": 1}}}), &["slack"]), @"");
    assert_snapshot!(lint_pending(json!({"slack": {"url": {}, "message": {"text": 1}}}), &[r#"properties.slack["url"].value"#, "slack.message.text"]), @"");
    let dingtalk = json!({"dingding": {"url": secret(), "message": {"msgtype": "text"}}});
    assert_snapshot!(lint_pending(dingtalk, &["dingding.message.text.content"]), @"");
    let old = json!({"slack": {"url": secret(), "message": {"text": "hi"}}});
    assert_snapshot!(lint_pending(old, &["slack.mesage.text", "message.text"]), @r#"
    warning[notify/pointless-input] the input to `slack.mesage.text` fills nothing that a message is made of
      = a `parameterKey` is relative to `properties`, such as `slack.message.text`
    warning[notify/pointless-input] the input to `message.text` fills nothing that a message is made of
      = a `parameterKey` is relative to `properties`, such as `slack.message.text`
    "#);
}

#[test]
fn slack_messages() {
    assert_snapshot!(slack(json!({})), @r#"error[notify/empty-message] the message is empty: it needs `text`, `blocks` or `attachments`"#);
    assert_snapshot!(slack(json!({"txt": "hi"})), @r#"
    warning[field/unknown] `slack.message` has no field `txt`
      = did you mean `text`?
    error[notify/empty-message] the message is empty: it needs `text`, `blocks` or `attachments`
    "#);
    assert_snapshot!(slack(json!({"text": 12})), @r#"
    error[field/wrong-type] `slack.message.text` must be of type string, not number
      = put it in quotes to make it a string: "12"
    "#);
    assert_snapshot!(slack(json!({"text": "**done**, see [it](https://a.test)"})), @r#"
    warning[notify/markdown-in-mrkdwn] Slack shows `**done**` as it stands: this is Markdown, and Slack reads mrkdwn here
      = write `*done*`, or use a block of type `markdown`
    "#);
    assert_snapshot!(slack(json!({"text": "value <nil> of {{ .Name }}"})), @r#"
    warning[notify/unescaped] Slack takes `<nil>` for markup
      = write `&lt;` and `&gt;` for the brackets
    warning[notify/unrendered] `{{ .Name }}` will be sent as it stands
      = nothing renders templates here: pass values between steps with `outputs` and `inputs`
    "#);
    assert_snapshot!(slack(json!({"blocks": [{"type": "divider"}]})), @r#"
    warning[notify/no-fallback] without `text`, notifications of this message say only that it cannot be displayed
      = give `text` a line that says the same in short
    "#);
    assert_snapshot!(slack(json!({"text": "t", "attachments": {"color": "good", "text": "a"}})), @r#"
    warning[notify/attachments-object] Slack wants a list of `attachments`; this one is sent as a list of one
      = put a dash before it to make it a list
    "#);
    assert_snapshot!(slack(json!({"text": "t", "attachments": [{"color": "good"}]})), @r#"error[notify/empty-attachment] `slack.message.attachments[0]` is empty: it needs `fallback`, `text` or `blocks`"#);
    assert_snapshot!(slack(json!({"text": "t", "channel": "#ops", "icon_emoji": ":ship:"})), @r#"
    warning[notify/ignored-field] `channel` has no effect in a webhook's message
      = the webhook's app decides channel, name and picture
    warning[notify/ignored-field] `icon_emoji` has no effect in a webhook's message
      = the webhook's app decides channel, name and picture
    "#);
    assert_snapshot!(slack(json!({"text": "t", "thread_ts": 1_700_000_000.5})), @r#"
    error[field/wrong-type] `slack.message.thread_ts` must be of type string, not number
      = put it in quotes to make it a string: "1700000000.5"
    "#);
}

#[test]
fn slack_blocks() {
    let block = |block: Value| slack(json!({"text": "t", "blocks": [block]}));
    assert_snapshot!(block(json!({"type": "header", "text": {"type": "mrkdwn", "text": "x"}})), @r#"
    error[notify/unknown-word] `slack.message.blocks[0].text.type` cannot be `mrkdwn`
      = only `plain_text` goes here
    "#);
    assert_snapshot!(block(json!({"type": "sektion", "text": {"type": "mrkdwn", "text": "x"}})), @r#"
    error[notify/unknown-word] `slack.message.blocks[0].type` cannot be `sektion`
      = did you mean `section`?
    "#);
    assert_snapshot!(block(json!({"type": "section", "txt": {}})), @r#"
    error[field/missing] `text` is required in `slack.message.blocks[0]`
    error[notify/unknown-property] `slack.message.blocks[0]` has no property `txt`, and Slack refuses the whole message for it
      = did you mean `text`?
    "#);
    assert_snapshot!(block(json!({"type": "input"})), @r#"error[notify/wrong-block] a webhook's message cannot hold a block of type `input`"#);
    assert_snapshot!(block(json!({"type": "image", "alt_text": "a"})), @r#"error[field/missing] `image_url` is required in `slack.message.blocks[0]`"#);
    assert_snapshot!(block(json!({"type": "section", "text": {"type": "plain_text", "text": "x", "verbatim": true}})), @r#"error[notify/not-here] `verbatim` does not go with `plain_text`"#);
    assert_snapshot!(block(json!({"type": "actions", "elements": [{"type": "button", "style": "green", "text": {"type": "plain_text", "text": "x"}}]})), @r#"
    error[notify/unknown-word] `slack.message.blocks[0].elements[0].style` cannot be `green`
      = known here: primary, danger
    "#);
    assert_snapshot!(slack(json!({"text": "t", "blocks": [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}]})), @r#"error[notify/twice] `block_id: a` may stand only once in a message"#);
    assert_snapshot!(slack(json!({"text": "t", "blocks": "none"})), @r#"error[field/wrong-type] `slack.message.blocks` must be of type list, not string"#);
}

#[test]
fn dingtalk_messages() {
    assert_snapshot!(dingtalk(json!({"msgtype": "text", "markdown": {"title": "t", "text": "x"}})), @r#"
    error[notify/msgtype-mismatch] `msgtype` is `text`, but there is no `text` object
      = write `msgtype: markdown`
    "#);
    assert_snapshot!(dingtalk(json!({"msgType": "text", "text": {"content": "x"}})), @r#"warning[notify/wrong-case] `msgType` is spelled `msgtype` here"#);
    assert_snapshot!(dingtalk(json!({"msgtype": "actioncard", "actioncard": {}})), @r#"
    error[notify/unknown-word] `dingding.message.msgtype` cannot be `actioncard`
      = did you mean `actionCard`?
    warning[notify/wrong-case] `actioncard` is spelled `actionCard` here
    "#);
    assert_snapshot!(dingtalk(json!({"msgtype": "actionCard", "actioncard": {"title": "t"}})), @r#"error[notify/wrong-case] `actioncard` is spelled `actionCard` here"#);
    assert_snapshot!(dingtalk(json!({"msgtype": "markdown", "markdown": {"text": "x"}})), @r#"error[field/missing] `title` is required in `dingding.message.markdown`"#);
    assert_snapshot!(dingtalk(json!({"msgtype": "text", "text": {"content": "x"}, "link": {}})), @r#"warning[notify/unused-object] `link` is not sent: `msgtype` is `text`"#);
    assert_snapshot!(dingtalk(json!({"msgtype": "link", "link": {"title": "t", "text": "x", "messageURL": "u"}})), @r#"error[notify/wrong-case] `messageURL` is spelled `messageUrl` here"#);
    assert_snapshot!(dingtalk(json!({"msgtype": "feedCard", "feedCard": {"links": [{"title": "t", "text": "x", "messageUrl": "u", "picUrl": "p"}]}})), @r#"
    error[notify/wrong-case] `messageUrl` is spelled `messageURL` here
    error[notify/wrong-case] `picUrl` is spelled `picURL` here
    "#);
    assert_snapshot!(dingtalk(json!({"msgtype": "text", "text": {"content": ""}})), @r#"error[notify/empty-field] `dingding.message.text.content` must not be empty"#);
    assert_snapshot!(dingtalk(json!({"text": {"content": "x"}})), @"");
}

#[test]
fn dingtalk_cards() {
    let card = |more: Value| {
        let mut card = json!({"title": "t", "text": "x"});
        let object = card.as_object_mut().expect("an object");
        object.extend(more.as_object().expect("an object").clone());
        dingtalk(json!({"msgtype": "actionCard", "actionCard": card}))
    };
    let one = json!([{"title": "b", "actionURL": "u"}]);
    assert_snapshot!(card(json!({"btns": one})), @"");
    assert_snapshot!(card(json!({})), @r#"
    error[notify/card-form] an action card has either one button (`singleTitle` and `singleURL`) or several (`btns`)
      = choose one of the two forms
    "#);
    assert_snapshot!(card(json!({"btns": one, "singleTitle": "s", "singleURL": "u"})), @r#"
    error[notify/card-form] an action card has either one button (`singleTitle` and `singleURL`) or several (`btns`)
      = choose one of the two forms
    "#);
    assert_snapshot!(card(json!({"singleTitle": "s", "btnOrientation": 0, "hideAvatar": false})), @r#"
    error[field/missing] `singleURL` is required in `dingding.message.actionCard`
    warning[notify/switch] `dingding.message.actionCard.btnOrientation` is the string "0" or "1"
    warning[notify/switch] `dingding.message.actionCard.hideAvatar` is the string "0" or "1"
    "#);
    assert_snapshot!(card(json!({"btns": []})), @r#"error[notify/wrong-count] `dingding.message.actionCard.btns` has 0 items; DingTalk takes ≥ 1"#);
}

#[test]
fn dingtalk_mentions() {
    let text = |at: Value| {
        dingtalk(json!({"msgtype": "text", "text": {"content": "@13800000000 hi"}, "at": at}))
    };
    assert_snapshot!(text(json!({"atMobiles": ["13800000000"], "isAtAll": false})), @"");
    assert_snapshot!(text(json!({"atMobiles": [13_900_000_000_u64], "atUserId": []})), @r#"
    warning[field/unknown] `dingding.message.at` has no field `atUserId`
      = did you mean `atUserIds`?
    warning[notify/mention-not-in-text] `13900000000` is highlighted only where the text says `@13900000000`
    warning[notify/mention-number] `dingding.message.at.atMobiles` holds strings: a number can lose digits
      = put it in quotes to make it a string: "13900000000"
    "#);
    assert_snapshot!(text(json!({"isAtAll": "true"})), @r#"error[field/wrong-type] `dingding.message.at.isAtAll` must be of type boolean, not string"#);
    assert_snapshot!(dingtalk(json!({"msgtype": "text", "text": {"content": "x", "at": {"isAtAll": true}}})), @r#"
    warning[notify/misplaced-at] `at` stands beside `text`, not inside it: here it mentions nobody
      = move `at` one level out
    "#);
    assert_snapshot!(dingtalk(json!({"msgtype": "link", "link": {"title": "t", "text": "x", "messageUrl": "u"}, "at": {"isAtAll": true}})), @r#"warning[notify/no-mentions-here] `at` has no effect with `msgtype: link`"#);
}

#[test]
fn final_message_is_taken_at_its_word() {
    let check = |service, message: Value| shown(&check_message(service, &Node::from(message)));
    use burgee_model::Service;
    assert_snapshot!(check(Service::Dingding, json!({"text": {"content": "x"}})), @r#"error[field/missing] `msgtype` is required in `message`"#);
    assert_snapshot!(check(Service::Slack, json!({"text": "t", "attachments": {"text": "a"}})), @r#"error[field/wrong-type] `attachments` must be of type list, not object"#);
    assert_snapshot!(check(Service::Slack, json!("hi")), @r#"error[field/wrong-type] `message` must be of type object, not string"#);
    let huge = burgee_source::Number::parse("1e999").expect("a number");
    let node = Node::map([
        ("text", Node::string("t")),
        (
            "metadata",
            Node::map([("n", burgee_source::Kind::Number(huge).into())]),
        ),
    ]);
    assert_snapshot!(shown(&check_message(Service::Slack, &node)), @r#"error[notify/not-json] the message cannot be written as JSON: the number 1e999 is out of range"#);
}

#[test]
fn everything_is_said_in_chinese_too() {
    let node = Node::from(json!({
        "dingding": {"url": "<your dingding url>", "message": {"msgtype": "markdown", "text": {"content": "x"}}},
        "slack": {"url": "0123456789abcdef0123456789", "message": {}},
    }));
    let problems = Lint::default().lint(Some(&node), &[], Span::NONE);
    let mut out = String::new();
    for problem in &problems {
        out.push_str(&format!("{}\n", problem.message(Lang::Zh)));
        for hint in problem.hints(Lang::Zh) {
            out.push_str(&format!("  = {hint}\n"));
        }
    }
    assert_snapshot!(out, @r#"
    消息为空：需要 `text`、`blocks` 或 `attachments`
    `msgtype` 为 `markdown`，但没有 `markdown` 对象
      = 请写作 `msgtype: text`
    这不是 Webhook 地址
      = 它像是单独的 token：需要完整的 URL
      = 请从 Slack 应用的 Incoming Webhooks 页面复制：https://hooks.slack.com/services/T…/B…/…
    这种 `url` 写法来自 KubeVela 1.1.1
      = 现在的写法是 `url: {value: …}`，或 `url: {secretRef: {name: …, key: …}}`
    这是示例文本，而不是 Webhook 地址
      = 请从机器人设置中复制 Webhook：https://oapi.dingtalk.com/robot/send?access_token=…
      = 或加上 `--inbox` 在本机查看消息
    "#);
}
