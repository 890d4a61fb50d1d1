//! The live view of a run: it reads events and nothing else.

mod lines;
mod tree;
mod words;

use burgee_model::{EventSink, RunState, Stamped, StepId, StepPhase};
use burgee_source::Lang;

use crate::console::Console;

pub(crate) use lines::Lines;
pub(crate) use tree::Tree;
pub(crate) use words::{delivery, line};

/// One way to show events.
pub(crate) trait View: Send + Sync {
    /// Shows one event; `state` already holds it.
    fn event(&self, stamped: &Stamped, state: &RunState);

    /// Takes the live part off the screen, so that other text can follow.
    fn finish(&self);
}

/// The sink of a run: feeds the view.
pub(crate) struct Watcher {
    view: Box<dyn View>,
    /// Where each event is printed as JSON as well.
    events: Option<Console>,
}

// === impl Watcher ===

impl Watcher {
    /// A watcher that shows what it hears.
    pub(crate) const fn new(view: Box<dyn View>, events: Option<Console>) -> Self {
        Self { view, events }
    }

    /// Ends the live view.
    pub(crate) fn finish(&self) {
        self.view.finish();
    }
}

impl EventSink for Watcher {
    fn emit(&self, event: &Stamped, state: &RunState) {
        self.view.event(event, state);
        if let Some(console) = &self.events {
            console.print(&json_line(event, None));
        }
    }
}

/// An event as a JSON object in a line, every digit kept.
pub(crate) fn json_line(event: &Stamped, seq: Option<u64>) -> String {
    let text = serde_json::to_string(event).expect("an event is JSON");
    match seq {
        None => format!("{text}\n"),
        Some(seq) => format!("{{\"seq\":{seq},{}\n", text.trim_start_matches('{')),
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
pub(crate) fn mark(phase: StepPhase) -> &'static str {
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
fn name<'a>(state: &'a RunState, step: &StepId) -> &'a str {
    let step = state.step(step);
    step.map_or("?", |step| {
        let alias = step.head.alias.as_deref();
        alias.unwrap_or(step.head.name.as_str())
    })
}

/// What a view says first.
fn head(state: &RunState, lang: Lang) -> String {
    let RunState {
        run,
        application,
        namespace,
        ..
    } = state;
    match lang {
        Lang::En => format!("run {run} · application {namespace}/{application}"),
        Lang::Zh => format!("运行 {run} · 应用 {namespace}/{application}"),
    }
}
