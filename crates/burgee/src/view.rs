//! The live view of a run: it reads events and nothing else.

mod lines;
mod tree;

use std::sync::{Mutex, PoisonError};

use burgee_model::{Delivery, Event, EventSink, Reason, Report, Stamped, StepId, StepPhase};
use burgee_source::Lang;

use crate::console::Console;

pub(crate) use lines::Lines;
pub(crate) use tree::Tree;

/// One way to show events.
pub(crate) trait View: Send + Sync {
    /// Shows one event; `report` already holds it.
    fn event(&self, stamped: &Stamped, report: &Report);

    /// Takes the live part off the screen, so that other text can follow.
    fn finish(&self);
}

/// The sink of a run: keeps the report and feeds the view.
pub(crate) struct Recorder {
    report: Mutex<Option<Report>>,
    view: Box<dyn View>,
}

// === impl Recorder ===

impl Recorder {
    /// A recorder that shows what it hears.
    pub(crate) fn new(view: Box<dyn View>) -> Self {
        Self {
            report: Mutex::new(None),
            view,
        }
    }

    /// The report so far; `None` before the run began.
    pub(crate) fn report(&self) -> Option<Report> {
        self.lock().clone()
    }

    /// Ends the live view.
    pub(crate) fn finish(&self) {
        self.view.finish();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Report>> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl EventSink for Recorder {
    fn emit(&self, event: &Stamped) {
        let mut report = self.lock();
        match report.as_mut() {
            Some(report) => report.apply(event),
            None => *report = Report::begin(event),
        }
        if let Some(report) = report.as_ref() {
            self.view.event(event, report);
        }
    }
}

/// The view for a stream: live where somebody watches, lines elsewhere.
pub(crate) fn choose(console: &Console, lang: Lang) -> Box<dyn View> {
    if console.is_terminal() {
        Box::new(Tree::new(console.clone(), lang))
    } else {
        Box::new(Lines::new(console.clone(), lang))
    }
}

/// The mark of a phase.
fn mark(phase: StepPhase) -> &'static str {
    match phase {
        StepPhase::Pending => "·",
        StepPhase::Running => "▸",
        StepPhase::Suspending => "‖",
        StepPhase::Succeeded => "✓",
        StepPhase::Failed => "✗",
        StepPhase::Skipped => "-",
    }
}

/// A step's name for people.
fn name<'a>(report: &'a Report, step: &StepId) -> &'a str {
    report.step(step).map_or("?", |step| step.name.as_str())
}

/// What a view says first.
fn head(report: &Report, lang: Lang) -> String {
    let Report {
        run,
        application,
        namespace,
        ..
    } = report;
    match lang {
        Lang::En => format!("run {run} · application {namespace}/{application}"),
        Lang::Zh => format!("运行 {run} · 应用 {namespace}/{application}"),
    }
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

/// What an event says, in a line or two.
fn line(event: &Event, report: &Report, lang: Lang) -> String {
    match event {
        Event::RunStarted { .. } => head(report, lang),
        Event::StepStarted { step } => {
            format!("{} {}", mark(StepPhase::Running), name(report, step))
        }
        Event::StepWaiting { step, message } => format!("  {}: {message}", name(report, step)),
        Event::ObjectApplied { step, object } => match lang {
            Lang::En => format!("  {}: applied {object}", name(report, step)),
            Lang::Zh => format!("  {}：已应用 {object}", name(report, step)),
        },
        Event::DeliveryRetried {
            step,
            delivery: so_far,
            wait_ms,
        } => {
            let seconds = std::time::Duration::from_millis(*wait_ms).as_secs_f64();
            let said = delivery(so_far, lang);
            match lang {
                Lang::En => format!("  {}: {said}; again in {seconds:.1} s", name(report, step)),
                Lang::Zh => format!("  {}：{said}；{seconds:.1} 秒后重试", name(report, step)),
            }
        }
        Event::DeliveryFinished {
            step,
            delivery: done,
        } => {
            format!("  {}: {}", name(report, step), delivery(done, lang))
        }
        Event::VariableSet {
            step,
            name: variable,
        } => match lang {
            Lang::En => format!("  {}: output {variable} set", name(report, step)),
            Lang::Zh => format!("  {}：已设置输出 {variable}", name(report, step)),
        },
        Event::StepFinished {
            step,
            phase,
            reason,
            message,
        } => finished(name(report, step), *phase, *reason, message),
        Event::RunFinished { phase, message } => {
            let took = report
                .end_time
                .map(|end| end.duration_since(report.start_time));
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
