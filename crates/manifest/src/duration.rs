//! `timeout`: a Go duration.

use burgee_model::{DurationError, duration};
use burgee_source::{Diagnostic, Rule, Severity, Spanned, Text};

use crate::limits::shown;

/// A timeout that is no Go duration.
pub static BAD_TIMEOUT: Rule = Rule {
    code: "step/bad-timeout",
    severity: Severity::Error,
    message: Text::new(
        "`{timeout}` is no duration such as `30s`, `5m` or `1h30m`",
        "`{timeout}` 不是有效的时长，例如 `30s`、`5m` 或 `1h30m`",
    ),
};

/// Reports a timeout that KubeVela could not read.
pub(crate) fn check(timeout: &Spanned<String>, out: &mut Vec<Diagnostic>) {
    let Err(slip) = duration(&timeout.value) else {
        return;
    };
    let days = timeout
        .value
        .strip_suffix('d')
        .and_then(|text| text.parse::<u32>().ok());
    let problem = Diagnostic::new(&BAD_TIMEOUT)
        .arg("timeout", shown(&timeout.value))
        .at(timeout.span);
    let problem = match (slip, days) {
        (DurationError::Days, Some(days)) => {
            problem.arg("hours", u64::from(days) * 24).hint(Text::new(
                "there is no unit for days, whatever KubeVela's own message says: write `{hours}h`",
                "没有“天”这个单位（尽管 KubeVela 的提示这样写）：请写 `{hours}h`",
            ))
        }
        (DurationError::Days, None) => problem.hint(Text::new(
            "there is no unit for days: count hours, 24 for each",
            "没有“天”这个单位：请换算为小时，每天 24 小时",
        )),
        (DurationError::NoUnit, _) => problem.hint(Text::new(
            "add a unit: `{timeout}s` for seconds, `{timeout}m` for minutes",
            "请加上单位：`{timeout}s` 表示秒，`{timeout}m` 表示分钟",
        )),
        (DurationError::Other, _) => problem,
    };
    out.push(problem.hint(Text::new(
        "the units are ns, us, ms, s, m and h",
        "可用单位：ns、us、ms、s、m、h",
    )));
}
