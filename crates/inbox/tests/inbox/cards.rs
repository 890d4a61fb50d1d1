//! Cards as they are drawn.

use burgee_inbox::{Received, Reply, Style, judge, render};
use burgee_model::Service;
use burgee_source::Lang;
use jiff::{Timestamp, tz};
use serde_json::{Value, json};

use crate::support::START_MILLIS;

fn received(service: Service, body: Value) -> Received {
    let ok = match service {
        Service::Slack => ("ok", "ok"),
        Service::Dingding => ("0", r#"{"errcode":0,"errmsg":"ok"}"#),
    };
    let ok = Reply {
        status: 200,
        code: ok.0.into(),
        body: ok.1.into(),
        retry_after: None,
    };
    let (accepted, reply, reason) = match judge(service, &body) {
        Ok(()) => (true, ok, None),
        Err(refusal) => (false, refusal.reply, Some(*refusal.reason)),
    };
    Received {
        number: 1,
        at: Timestamp::from_millisecond(START_MILLIS).expect("in range"),
        service,
        accepted,
        reply,
        reason,
        body,
    }
}

fn style(width: usize) -> Style {
    Style {
        width,
        ..Style::default()
    }
}

fn slack(body: Value) -> String {
    render(&received(Service::Slack, body), &style(60))
}

fn dingtalk(body: Value) -> String {
    let style = Style {
        lang: Lang::Zh,
        ..style(60)
    };
    render(&received(Service::Dingding, body), &style)
}

#[test]
fn text_ends_its_line() {
    let body = json!({"text": "Deployment has minimum availability.工作流运行完成"});
    let card = slack(body);
    insta::assert_snapshot!(card, @r#"
    ╭─ Slack #1 · 2023-11-14 22:13:20 · accepted ───────────────
    │ Deployment has minimum availability.工作流运行完成
    ╰───────────────────────────────────────────────────────────
    "#);
    assert!(card.lines().any(|line| line.ends_with("工作流运行完成")));
}

#[test]
fn long_text_wraps_by_display_width() {
    let body = json!({"text": "部署完成，集群中的所有组件都已经健康，可以开始验收测试。 The rest is English and wraps at spaces."});
    insta::assert_snapshot!(render(&received(Service::Slack, body), &style(40)), @r#"
    ╭─ Slack #1 · 22:13:20 · accepted ──────
    │ 部署完成，集群中的所有组件都已经健康，
    │ 可以开始验收测试。 The rest is English
    │ and wraps at spaces.
    ╰───────────────────────────────────────
    "#);
}

#[test]
fn mrkdwn_is_shown_and_not_its_signs() {
    let body = json!({"text": "*Done* &amp; _dusted_: <https://x.io/run/1|run 1> by <@U1|ann>, <!here>\n> quoted\n```kubectl get\npods```"});
    insta::assert_snapshot!(slack(body), @r#"
    ╭─ Slack #1 · 2023-11-14 22:13:20 · accepted ───────────────
    │ Done & dusted: run 1 (https://x.io/run/1) by @ann, @here
    │ ▌ quoted
    │   kubectl get
    │   pods
    ╰───────────────────────────────────────────────────────────
    "#);
}

#[test]
fn blocks_stand_in_place_of_the_text() {
    let body = json!({
        "text": "only in notifications",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "Rollout"}},
            {"type": "section", "text": {"type": "mrkdwn", "text": "*app* is up"}, "fields": [
                {"type": "mrkdwn", "text": "*Ready*\n3/3"},
                {"type": "plain_text", "text": "v1.2"}
            ]},
            {"type": "divider"},
            {"type": "image", "image_url": "https://x.io/a.png", "alt_text": "graph"},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "by <@U1>"}]},
            {"type": "actions", "elements": [
                {"type": "button", "text": {"type": "plain_text", "text": "Open"}, "url": "https://x.io"},
                {"type": "button", "text": {"type": "plain_text", "text": "Undo"}, "action_id": "undo", "style": "danger"}
            ]},
            {"type": "rich_text", "elements": [
                {"type": "rich_text_list", "style": "ordered", "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]},
                    {"type": "rich_text_section", "elements": [{"type": "link", "url": "https://y.io", "text": "second"}]}
                ]}
            ]},
            {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]]}
        ]
    });
    insta::assert_snapshot!(slack(body), @r#"
    ╭─ Slack #1 · 2023-11-14 22:13:20 · accepted ───────────────
    │ Rollout
    │ app is up
    │ Ready
    │ 3/3
    │ v1.2
    │ ──────────────────────────────────────────────────────────
    │ [image: graph] (https://x.io/a.png)
    │ by @U1
    │ [Open] (https://x.io)  [Undo]
    │ 1. first
    │ 2. second (https://y.io)
    │ a │ b
    ╰───────────────────────────────────────────────────────────
    "#);
}

#[test]
fn attachments_have_a_bar() {
    let body = json!({"text": "Status", "attachments": [{
        "color": "danger", "pretext": "before", "title": "Failed", "title_link": "https://x.io",
        "text": "step `apply` failed", "fields": [{"title": "Phase", "value": "failed", "short": true}],
        "footer": "vela"
    }]});
    insta::assert_snapshot!(slack(body), @r#"
    ╭─ Slack #1 · 2023-11-14 22:13:20 · accepted ───────────────
    │ Status
    │ before
    │ ┃ Failed (https://x.io)
    │ ┃ step apply failed
    │ ┃ Phase
    │ ┃ failed
    │ ┃ vela
    ╰───────────────────────────────────────────────────────────
    "#);
}

#[test]
fn refused_message_says_what_the_service_answered() {
    let body =
        json!({"blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "*Rollout*"}}]});
    insta::assert_snapshot!(slack(body), @r#"
    ╭─ Slack #1 · 2023-11-14 22:13:20 · refused ────────────────
    │ Rollout
    ├─ the answer: HTTP 400 invalid_blocks
    │  blocks[0].text.type: has to be plain_text here
    ╰───────────────────────────────────────────────────────────
    "#);
    insta::assert_snapshot!(dingtalk(json!({"msgtype": "markdown", "markdown": {"text": "x"}})), @r#"
    ╭─ DingTalk #1 · 2023-11-14 22:13:20 · 已拒绝 ──────────────
    │ x
    ├─ 服务的答复：HTTP 200 {"errcode":40035,"errmsg":"缺少参数
    │  markdown.title"}
    │  markdown.title：缺少该必填字段
    ╰───────────────────────────────────────────────────────────
    "#);
}

#[test]
fn dingtalk_text_highlights_who_is_mentioned() {
    let body = json!({"msgtype": "text", "text": {"content": "开始运行工作流 @13800000000"}, "at": {"atMobiles": ["13800000000"], "isAtAll": true}});
    insta::assert_snapshot!(dingtalk(body.clone()), @r#"
    ╭─ DingTalk #1 · 2023-11-14 22:13:20 · 已接收 ──────────────
    │ 开始运行工作流 @13800000000
    │ @所有人
    ╰───────────────────────────────────────────────────────────
    "#);
    let colour = Style {
        colour: true,
        ..style(60)
    };
    let card = render(&received(Service::Dingding, body), &colour);
    assert!(card.contains("\u{1b}[36m@13800000000\u{1b}[0m"), "{card:?}");
}

#[test]
fn dingtalk_markdown_link_and_cards() {
    let bodies = [
        json!({"msgtype": "markdown", "markdown": {"title": "发布", "text": "#### 发布完成\n> 集群 **prod**\n\n- [详情](https://x.io)\n- 版本 1.2"}}),
        json!({"msgtype": "link", "link": {"title": "发布", "text": "已完成", "messageUrl": "https://x.io", "picUrl": "https://x.io/a.png"}}),
        json!({"msgtype": "actionCard", "actionCard": {"title": "审批", "text": "继续吗？", "btnOrientation": "1", "btns": [{"title": "同意", "actionURL": "https://x.io/y"}, {"title": "拒绝", "actionURL": "https://x.io/n"}]}}),
        json!({"msgtype": "actionCard", "actionCard": {"title": "审批", "text": "继续吗？", "singleTitle": "查看", "singleURL": "https://x.io"}}),
        json!({"msgtype": "feedCard", "feedCard": {"links": [{"title": "一", "messageURL": "https://x.io/1", "picURL": "https://x.io/1.png"}, {"title": "二", "messageURL": "https://x.io/2", "picURL": "https://x.io/2.png"}]}}),
    ];
    let cards: Vec<_> = bodies.into_iter().map(dingtalk).collect();
    insta::assert_snapshot!(cards.concat(), @r#"
    ╭─ DingTalk #1 · 2023-11-14 22:13:20 · 已接收 ──────────────
    │ 会话列表中显示：发布
    │ 发布完成
    │ ▌ 集群 prod
    │ • 详情 (https://x.io)
    │ • 版本 1.2
    ╰───────────────────────────────────────────────────────────
    ╭─ DingTalk #1 · 2023-11-14 22:13:20 · 已接收 ──────────────
    │ 发布 (https://x.io)
    │ 已完成
    │ [图片] (https://x.io/a.png)
    ╰───────────────────────────────────────────────────────────
    ╭─ DingTalk #1 · 2023-11-14 22:13:20 · 已接收 ──────────────
    │ 会话列表中显示：审批
    │ 继续吗？
    │ [同意] (https://x.io/y)  [拒绝] (https://x.io/n)
    ╰───────────────────────────────────────────────────────────
    ╭─ DingTalk #1 · 2023-11-14 22:13:20 · 已接收 ──────────────
    │ 会话列表中显示：审批
    │ 继续吗？
    │ [查看] (https://x.io)
    ╰───────────────────────────────────────────────────────────
    ╭─ DingTalk #1 · 2023-11-14 22:13:20 · 已接收 ──────────────
    │ • 一 (https://x.io/1)
    │ [图片] (https://x.io/1.png)
    │ • 二 (https://x.io/2)
    │ [图片] (https://x.io/2.png)
    ╰───────────────────────────────────────────────────────────
    "#);
}

#[test]
fn time_is_shown_in_the_readers_zone() {
    let zone = tz::TimeZone::fixed(tz::offset(8));
    let style = Style { zone, ..style(60) };
    let card = render(&received(Service::Slack, json!({"text": "a"})), &style);
    assert!(card.contains("2023-11-15 06:13:20"), "{card}");
}

#[test]
fn text_over_forty_thousand_characters_is_cut() {
    let body = json!({"text": "警".repeat(40_001)});
    let card = slack(body);
    assert_eq!(card.matches('警').count(), 40_000);
    assert!(card.contains("(the rest is cut off)"));
}

#[test]
fn message_cannot_steer_the_terminal() {
    let body = json!({"text": "a\u{1b}]0;owned\u{7}b\r\u{9b}2J", "attachments": [{"fallback": "f", "title": "t\u{1b}[2J", "title_link": "https://x.io/\u{1b}[1m"}]});
    let card = slack(body);
    assert!(
        card.chars().all(|c| c == '\n' || !c.is_control()),
        "{card:?}"
    );
}
