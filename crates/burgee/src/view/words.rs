//! Events in words.

use std::time::Duration;

use burgee_model::{Delivery, Event, Reason, RunState, StepPhase};
use burgee_source::Lang;
use jiff::Timestamp;

use super::{head, mark, name};

/// What an event says, in a line; nothing for what is of interest to the journal alone.
pub(crate) fn line(event: &Event, state: &RunState, lang: Lang) -> Option<String> {
    Some(match event {
        Event::RunStarted { .. } => head(state, lang),
        Event::OwnerTook { .. }
        | Event::CallIntended { .. }
        | Event::CallFinished { .. }
        | Event::Restarted { .. } => return None,
        Event::StepStarted { step, attempt: 1 } => {
            format!("{} {}", mark(StepPhase::Running), name(state, step))
        }
        Event::StepStarted { step, attempt } => match lang {
            Lang::En => format!("  {}: attempt {attempt}", name(state, step)),
            Lang::Zh => format!("  {}：第 {attempt} 次尝试", name(state, step)),
        },
        Event::StepWaiting {
            step,
            message,
            until,
        } => format!(
            "  {}: {message}{}",
            name(state, step),
            until_when(*until, lang)
        ),
        Event::ConditionFalse {
            step, condition, ..
        } => match lang {
            Lang::En => format!("  {}: `if: {condition}` does not hold", name(state, step)),
            Lang::Zh => format!("  {}：`if: {condition}` 不成立", name(state, step)),
        },
        Event::CallUnknown { step, message, .. } => {
            format!("  {}: Unknown: {message}", name(state, step))
        }
        Event::ObjectApplied { step, object } => match lang {
            Lang::En => format!("  {}: applied {object}", name(state, step)),
            Lang::Zh => format!("  {}：已应用 {object}", name(state, step)),
        },
        Event::DeliveryRetried {
            step,
            delivery: so_far,
            wait_ms,
        } => {
            let seconds = Duration::from_millis(*wait_ms).as_secs_f64();
            let said = delivery(so_far, lang);
            match lang {
                Lang::En => format!("  {}: {said}; again in {seconds:.1} s", name(state, step)),
                Lang::Zh => format!("  {}：{said}；{seconds:.1} 秒后重试", name(state, step)),
            }
        }
        Event::DeliveryFinished {
            step,
            delivery: done,
        } => {
            format!("  {}: {}", name(state, step), delivery(done, lang))
        }
        Event::VariableSet {
            step,
            name: variable,
            ..
        } => match lang {
            Lang::En => format!("  {}: output {variable} set", name(state, step)),
            Lang::Zh => format!("  {}：已设置输出 {variable}", name(state, step)),
        },
        Event::Suspended {
            step,
            message,
            until,
            ..
        } => {
            let who = step
                .as_ref()
                .map_or(state.application.as_str(), |step| name(state, step));
            let why = match message.is_empty() {
                true => String::new(),
                false => format!(": {message}"),
            };
            let until = until_when(*until, lang);
            match lang {
                Lang::En => format!(
                    "{} {who} suspended{why}{until}",
                    mark(StepPhase::Suspending)
                ),
                Lang::Zh => format!("{} {who} 已挂起{why}{until}", mark(StepPhase::Suspending)),
            }
        }
        Event::Resumed { step, by, reason } => {
            let who = step
                .as_ref()
                .map_or(state.application.as_str(), |step| name(state, step));
            let mut text = match lang {
                Lang::En => format!("{} {who} resumed", mark(StepPhase::Running)),
                Lang::Zh => format!("{} {who} 已恢复", mark(StepPhase::Running)),
            };
            push_who(&mut text, by.as_deref(), reason.as_deref(), lang);
            text
        }
        Event::Terminated { by, reason } => {
            let mut text = match lang {
                Lang::En => "terminated".to_owned(),
                Lang::Zh => "已终止".to_owned(),
            };
            push_who(&mut text, by.as_deref(), reason.as_deref(), lang);
            text
        }
        Event::StepFinished {
            step,
            phase,
            reason,
            message,
        } => finished(name(state, step), *phase, *reason, message),
        Event::RunFinished { phase, message } => {
            let took = state.end.map(|end| end.duration_since(state.start));
            let seconds = took.map_or(0.0, |took| took.as_secs_f64());
            let mut text = match lang {
                Lang::En => format!("run {phase} in {seconds:.1} s"),
                Lang::Zh => format!("运行 {phase}，用时 {seconds:.1} 秒"),
            };
            if !message.is_empty() {
                text.push_str(": ");
                text.push_str(message);
            }
            text
        }
    })
}

fn until_when(until: Option<Timestamp>, lang: Lang) -> String {
    match (until, lang) {
        (None, _) => String::new(),
        (Some(until), Lang::En) => format!(" (until {until:.0})"),
        (Some(until), Lang::Zh) => format!("（至 {until:.0}）"),
    }
}

fn push_who(text: &mut String, by: Option<&str>, reason: Option<&str>, lang: Lang) {
    match (by, lang) {
        (None, _) => {}
        (Some(by), Lang::En) => text.push_str(&format!(" by {by}")),
        (Some(by), Lang::Zh) => text.push_str(&format!("，操作者 {by}")),
    }
    if let Some(reason) = reason {
        text.push_str(": ");
        text.push_str(reason);
    }
}

fn finished(name: &str, phase: StepPhase, reason: Option<Reason>, message: &str) -> String {
    let mut text = format!("{} {name} {phase}", mark(phase));
    if let Some(reason) = reason {
        text.push_str(&format!(" ({reason})"));
    }
    if !message.is_empty() {
        text.push_str(": ");
        text.push_str(message);
    }
    text
}

/// One delivery in one line.
pub(crate) fn delivery(delivery: &Delivery, lang: Lang) -> String {
    let Delivery {
        service,
        destination,
        outcome,
        attempts,
        http_status,
        service_code,
        latency_ms,
        message,
    } = delivery;
    let mut out = format!("{} {outcome} → {destination}", service.title());
    let answer = match (http_status, service_code) {
        (Some(status), Some(code)) => format!("HTTP {status}, {code}"),
        (Some(status), None) => format!("HTTP {status}"),
        (None, Some(code)) => code.clone(),
        (None, None) => String::new(),
    };
    let tries = match (lang, attempts) {
        (_, 0) => String::new(),
        (Lang::En, 1) => format!("{latency_ms} ms"),
        (Lang::En, n) => format!("attempt {n}, {latency_ms} ms"),
        (Lang::Zh, 1) => format!("{latency_ms} 毫秒"),
        (Lang::Zh, n) => format!("第 {n} 次，{latency_ms} 毫秒"),
    };
    let details: Vec<String> = [answer, tries]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    if !details.is_empty() {
        out.push_str(&format!(" ({})", details.join(", ")));
    }
    if !message.is_empty() {
        out.push_str(": ");
        out.push_str(message);
    }
    out
}
