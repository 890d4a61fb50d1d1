//! `timeout`: a Go duration.

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

/// Why a text is no duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slip {
    Days,
    NoUnit,
    Other,
}

/// Reports a timeout that KubeVela could not read.
pub(crate) fn check(timeout: &Spanned<String>, out: &mut Vec<Diagnostic>) {
    let Err(slip) = parse(&timeout.value) else {
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
        (Slip::Days, Some(days)) => problem.arg("hours", u64::from(days) * 24).hint(Text::new(
            "there is no unit for days, whatever KubeVela's own message says: write `{hours}h`",
            "没有“天”这个单位（尽管 KubeVela 的提示这样写）：请写 `{hours}h`",
        )),
        (Slip::Days, None) => problem.hint(Text::new(
            "there is no unit for days: count hours, 24 for each",
            "没有“天”这个单位：请换算为小时，每天 24 小时",
        )),
        (Slip::NoUnit, _) => problem.hint(Text::new(
            "add a unit: `{timeout}s` for seconds, `{timeout}m` for minutes",
            "请加上单位：`{timeout}s` 表示秒，`{timeout}m` 表示分钟",
        )),
        (Slip::Other, _) => problem,
    };
    out.push(problem.hint(Text::new(
        "the units are ns, us, ms, s, m and h",
        "可用单位：ns、us、ms、s、m、h",
    )));
}

/// Go's grammar: a sign, then numbers with a unit each; `0` needs none.
fn parse(text: &str) -> Result<(), Slip> {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return Ok(());
    }
    if rest.is_empty() {
        return Err(Slip::Other);
    }
    let mut total = 0.0_f64;
    while !rest.is_empty() {
        let number = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
                .len();
        let (digits, after) = rest.split_at(number);
        let value: f64 = digits.parse().map_err(|_| Slip::Other)?;
        let length = after.find(|c: char| c.is_ascii_digit() || c == '.');
        let (unit, after) = after.split_at(length.unwrap_or(after.len()));
        total += value * nanoseconds(unit)?;
        rest = after;
    }
    // Go counts nanoseconds in 64 bits.
    if total > 9.2e18 {
        Err(Slip::Other)
    } else {
        Ok(())
    }
}

fn nanoseconds(unit: &str) -> Result<f64, Slip> {
    match unit {
        "ns" => Ok(1.0),
        "us" | "µs" | "μs" => Ok(1e3),
        "ms" => Ok(1e6),
        "s" => Ok(1e9),
        "m" => Ok(6e10),
        "h" => Ok(3.6e12),
        "d" => Err(Slip::Days),
        "" => Err(Slip::NoUnit),
        _ => Err(Slip::Other),
    }
}
