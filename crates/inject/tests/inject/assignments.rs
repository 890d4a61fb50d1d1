//! `--set STEP.PATH=VALUE`.

use burgee_inject::{Assignment, AssignmentError};
use burgee_source::Sources;

use super::render;

const STEPS: [&str; 5] = [
    "slack",
    "slack-message",
    "slack.v2",
    "dingtalk-message",
    "工作流",
];

fn parse(text: &str) -> Result<(String, String, String), AssignmentError> {
    let found = Assignment::parse(text, &STEPS)?;
    Ok((
        found.step.to_owned(),
        found.path.to_string(),
        found.value.to_owned(),
    ))
}

#[test]
fn longest_step_name_wins_and_the_first_equals_sign_splits() {
    let cases = [
        ("slack.url=x", ("slack", "url", "x")),
        (
            "slack-message.slack.url=x",
            ("slack-message", "slack.url", "x"),
        ),
        ("slack.v2.url=x", ("slack.v2", "url", "x")),
        ("slack.v3.url=x", ("slack", "v3.url", "x")),
        ("slack[\"a.b\"]=x", ("slack", "[\"a.b\"]", "x")),
        ("工作流.文本=开始", ("工作流", "文本", "开始")),
        (
            "slack.url=https://x/?a=b,c=d",
            ("slack", "url", "https://x/?a=b,c=d"),
        ),
        ("slack.url=", ("slack", "url", "")),
        ("slack.list[0]= a ", ("slack", "list[0]", " a ")),
    ];
    for (text, (step, path, value)) in cases {
        assert_eq!(
            parse(text),
            Ok((step.into(), path.into(), value.into())),
            "{text}"
        );
    }
}

#[test]
fn errors_name_the_slip_and_never_the_value() {
    let sources = Sources::default();
    let mut shown = String::new();
    for text in [
        "slak-message.slack.url=TOKEN",
        "slack.v1x=TOKEN",
        "nothing.like.it=TOKEN",
        "slack=TOKEN",
        "slack.=TOKEN",
        "slack.a..b=TOKEN",
        "slack.url",
        "slack.url:https://x/TOKEN",
        "slak.url TOKEN",
        "",
    ] {
        match Assignment::parse(text, &STEPS) {
            Ok(found) => shown.push_str(&format!("{} {}", found.step, found.path)),
            Err(error) => {
                assert!(!error.to_string().contains("TOKEN"), "{error}");
                shown.push_str(&render(&sources, &error.diagnostic()));
            }
        }
        shown.push('\n');
    }
    assert!(!shown.contains("TOKEN"));
    insta::assert_snapshot!(shown, @r#"
    set/unknown-step
      `slak-message.slack.url` begins with the name of no step
      hint: did you mean the step `slack-message`?
      hint: the steps are: slack, slack-message, slack.v2, dingtalk-message, 工作流
    slack v1x
    set/unknown-step
      `nothing.like.it` begins with the name of no step
      hint: the steps are: slack, slack-message, slack.v2, dingtalk-message, 工作流
    set/no-path
      `slack` names the step `slack` but none of its properties
      hint: write STEP.PATH=VALUE, such as `slack-message.slack.message.text=hello`
    set/no-path
      `slack` names the step `slack` but none of its properties
      hint: write STEP.PATH=VALUE, such as `slack-message.slack.message.text=hello`
    path/malformed
      `a..b` is not a path
      hint: write one dot between two keys, and none before the first or after the last
    set/no-equals
      `slack.url` has no `=`
      hint: write STEP.PATH=VALUE, such as `slack-message.slack.message.text=hello`
    set/no-equals
      `slack.url` has no `=`
      hint: write STEP.PATH=VALUE, such as `slack-message.slack.message.text=hello`
    set/no-equals
      `slak.url` has no `=`
      hint: write STEP.PATH=VALUE, such as `slack-message.slack.message.text=hello`
    set/no-equals
      `` has no `=`
      hint: write STEP.PATH=VALUE, such as `slack-message.slack.message.text=hello`
    "#);
}
