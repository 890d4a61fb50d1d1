//! What answers mean: the tables of both services.

use std::time::Duration;

use burgee_http::{Arrival, Error, Kind, Phase, Refusal, Response};
use burgee_model::{Outcome, Service};
use burgee_notify::{Repeat, Verdict, classify};
use burgee_source::Lang;
use http::{HeaderMap, StatusCode, header::RETRY_AFTER};
use jiff::Timestamp;

fn response(status: u16, body: &str) -> Response {
    Response {
        status: StatusCode::from_u16(status).expect("a status"),
        headers: HeaderMap::new(),
        body: body.to_owned().into(),
        truncated: false,
        latency: Duration::ZERO,
    }
}

fn verdict(service: Service, status: u16, body: &str) -> Verdict {
    classify(service, Ok(&response(status, body)), Timestamp::UNIX_EPOCH)
}

fn advice(verdict: &Verdict) -> String {
    let zh = verdict.advice.render(Lang::Zh);
    let en = verdict.advice.render(Lang::En);
    for text in [&zh, &en] {
        assert!(!text.contains('{'), "an argument is missing: {text}");
    }
    assert_ne!(zh, en, "both languages");
    en
}

#[test]
fn slack_has_a_message_only_when_it_says_ok() {
    for body in ["ok", "ok\n"] {
        assert_eq!(
            verdict(Service::Slack, 200, body).outcome,
            Outcome::Delivered
        );
    }
    for (status, body) in [
        (200, "OK?"),
        (200, ""),
        (200, "accepted"),
        (204, ""),
        (202, "ok"),
    ] {
        let found = verdict(Service::Slack, status, body);
        assert_eq!(
            (found.outcome, found.repeat),
            (Outcome::Permanent, Repeat::No),
            "{status} {body}"
        );
    }
}

#[test]
fn slacks_words_are_final_and_come_with_advice() {
    for (status, word) in [
        (400, "invalid_payload"),
        (400, "invalid_blocks"),
        (400, "invalid_blocks_format"),
        (400, "invalid_attachments"),
        (400, "no_text"),
        (400, "missing_text_or_fallback_or_attachments"),
        (400, "user_not_found"),
        (400, "too_many_attachments"),
        (403, "action_prohibited"),
        (403, "posting_to_general_channel_denied"),
        (403, "team_disabled"),
        (403, "invalid_token"),
        (404, "channel_not_found"),
        (404, "no_service"),
        (404, "no_service_id"),
        (404, "no_team"),
        (404, "no_active_hooks"),
        (410, "channel_is_archived"),
        (400, "some_new_word"),
    ] {
        let found = verdict(Service::Slack, status, word);
        assert_eq!(
            (found.outcome, found.repeat),
            (Outcome::Permanent, Repeat::No),
            "{word}"
        );
        assert_eq!(found.code.as_deref(), Some(word));
        assert!(!advice(&found).is_empty(), "{word}");
    }
    let no_service = verdict(Service::Slack, 404, "no_service");
    assert!(
        advice(&no_service).contains("Waiting does not help"),
        "it is no throttling"
    );
}

#[test]
fn slack_in_trouble_is_transient() {
    for (status, body, code) in [
        (500, "rollup_error", Some("rollup_error")),
        (502, "<html>bad gateway</html>", None),
        (503, "", None),
        (504, "", None),
        (408, "", None),
        (425, "", None),
    ] {
        let found = verdict(Service::Slack, status, body);
        assert_eq!(
            (found.outcome, found.repeat),
            (Outcome::Transient, Repeat::Yes),
            "{status}"
        );
        assert_eq!(found.code.as_deref(), code);
        assert!(!advice(&found).is_empty());
    }
}

#[test]
fn redirects_are_final_for_every_service() {
    for service in Service::ALL {
        for status in [301, 302, 303, 307, 308] {
            let found = verdict(service, status, "");
            assert_eq!(
                (found.outcome, found.repeat),
                (Outcome::Permanent, Repeat::No)
            );
            assert!(advice(&found).contains("redirect"));
        }
    }
}

#[test]
fn rate_limit_takes_the_pause_from_the_header() {
    for (text, pause) in [
        ("30", Some(30_000)),
        ("0.5", Some(500)),
        ("Thu, 01 Jan 1970 00:01:00 GMT", Some(60_000)),
        ("-5", None),
        ("99999999999", Some(3_600_000)),
        ("garbage", None),
    ] {
        let mut reply = response(429, "rate_limited");
        reply
            .headers
            .insert(RETRY_AFTER, text.parse().expect("a header value"));
        let found = classify(Service::Slack, Ok(&reply), Timestamp::UNIX_EPOCH);
        assert_eq!(
            (found.outcome, found.repeat),
            (Outcome::RateLimited, Repeat::Yes)
        );
        assert_eq!(
            found.retry_after,
            pause.map(Duration::from_millis),
            "{text}"
        );
        assert!(!advice(&found).is_empty());
    }
}

#[test]
fn dingtalk_has_a_message_only_when_errcode_is_zero() {
    for body in [r#"{"errcode":0,"errmsg":"ok"}"#, r#"{"errcode":"0"}"#] {
        assert_eq!(
            verdict(Service::Dingding, 200, body).outcome,
            Outcome::Delivered
        );
    }
    for body in [
        "ok",
        "",
        "{}",
        "[]",
        "null",
        r#"{"errcode":null}"#,
        "<html>Please log in</html>",
    ] {
        let found = verdict(Service::Dingding, 200, body);
        assert_eq!(
            (found.outcome, found.repeat),
            (Outcome::Permanent, Repeat::No),
            "{body}"
        );
    }
    let odd = verdict(Service::Dingding, 403, r#"{"errcode":0}"#);
    assert_eq!(odd.outcome, Outcome::Permanent);
}

#[test]
fn dingtalks_codes_are_final_and_come_with_advice() {
    for code in [
        40_035, 43_004, 101_002, 460_101, 300_001, 300_005, 310_000, 400_013, 400_101, 400_102,
        400_105, 400_106, 430_101, 430_102, 430_103, 430_104, 88, 404, 123_456,
    ] {
        let body = format!(r#"{{"errcode":{code},"errmsg":"reason of {code}"}}"#);
        let found = verdict(Service::Dingding, 200, &body);
        assert_eq!(
            (found.outcome, found.repeat),
            (Outcome::Permanent, Repeat::No),
            "{code}"
        );
        assert_eq!(found.code, Some(code.to_string()));
        assert!(!advice(&found).is_empty(), "{code}");
    }
}

#[test]
fn dingtalks_busy_is_transient_and_too_fast_waits_ten_minutes() {
    let busy = verdict(
        Service::Dingding,
        200,
        r#"{"errcode":-1,"errmsg":"系统繁忙"}"#,
    );
    assert_eq!(
        (busy.outcome, busy.repeat),
        (Outcome::Transient, Repeat::Yes)
    );
    for code in [130_101, 302_033, 410_100] {
        let body = format!(r#"{{"errcode":{code},"errmsg":"send too fast","wait":5}}"#);
        let found = verdict(Service::Dingding, 200, &body);
        assert_eq!(
            (found.outcome, found.repeat),
            (Outcome::RateLimited, Repeat::Yes)
        );
        assert_eq!(found.retry_after, Some(Duration::from_secs(600)), "{code}");
        assert!(advice(&found).contains("10 minutes"));
    }
}

#[test]
fn security_setting_that_refused_is_named_in_both_languages_of_the_reply() {
    for (said, names) in [
        ("keywords not in content", "custom keywords"),
        (
            "description:关键词不匹配;solution:请联系群管理员;link:x",
            "custom keywords",
        ),
        ("sign not match", "加签"),
        (
            "description:机器人发送签名不匹配;solution:请确认签名和生成签名的时间戳必须都放在调用的网址中",
            "加签",
        ),
        ("timestamp invalid", "clock"),
        ("invalid timestamp", "clock"),
        ("ip 1.2.3.4 not in whitelist", "IP addresses"),
        ("description:IP不在白名单中", "IP addresses"),
        ("something else", "something else"),
    ] {
        let body = serde_json::json!({"errcode": 310_000, "errmsg": said}).to_string();
        let found = advice(&verdict(Service::Dingding, 200, &body));
        assert!(found.contains(names), "{said}: {found}");
    }
}

#[test]
fn login_page_is_final_and_its_beginning_is_shown_without_escapes() {
    let page = "<html>\u{1b}[31m\n\tPlease   log in</html>";
    for service in Service::ALL {
        let found = verdict(service, 200, page);
        assert_eq!(
            (found.outcome, found.repeat),
            (Outcome::Permanent, Repeat::No)
        );
        let said = advice(&found);
        assert!(said.contains("<html>[31m Please log in</html>"), "{said}");
    }
    let long = verdict(Service::Slack, 200, &"警".repeat(5000));
    assert!(advice(&long).len() < 600);
}

#[test]
fn no_answer_is_judged_by_whether_it_may_have_arrived() {
    let outcome = |kind, arrival| {
        let error = Error::new(kind, arrival, "reason");
        let found = classify(Service::Slack, Err(&error), Timestamp::UNIX_EPOCH);
        assert!(!advice(&found).is_empty());
        (found.outcome, found.repeat)
    };
    for kind in [
        Kind::Timeout(Phase::Exchange),
        Kind::Closed,
        Kind::Protocol,
        Kind::Tls,
    ] {
        assert_eq!(
            outcome(kind, Arrival::Maybe),
            (Outcome::Unknown, Repeat::No),
            "{kind:?}"
        );
    }
    for kind in [
        Kind::Dns,
        Kind::Connect,
        Kind::Proxy,
        Kind::Tls,
        Kind::Closed,
        Kind::Timeout(Phase::Connect),
    ] {
        assert_eq!(
            outcome(kind, Arrival::No),
            (Outcome::Transient, Repeat::Yes),
            "{kind:?}"
        );
    }
    for kind in [Kind::UnknownHost, Kind::Certificate] {
        assert_eq!(
            outcome(kind, Arrival::No),
            (Outcome::Permanent, Repeat::Once),
            "{kind:?}"
        );
    }
    for refusal in [Refusal::NotLoopback, Refusal::PlainHttp, Refusal::Address] {
        let found = outcome(Kind::Refused(refusal), Arrival::No);
        assert_eq!(found, (Outcome::Permanent, Repeat::No), "{refusal:?}");
    }
}
