//! The steps as a tree with a spinner on the one that runs: for a terminal.
//!
//! Above the tree, what is worth keeping scrolls by (deliveries, failures); the tree itself is redrawn in
//! place and stays as the summary at the end.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use burgee_model::{Event, Report, Stamped, StepId, StepPhase, StepReport};
use burgee_source::Lang;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{View, delivery, head, line, mark};
use crate::console::Console;

/// How often the spinner turns.
const TICK: Duration = Duration::from_millis(100);

/// The live tree.
pub(crate) struct Tree {
    console: Console,
    lang: Lang,
    bars: MultiProgress,
    steps: Mutex<HashMap<StepId, ProgressBar>>,
}

// === impl Tree ===

impl Tree {
    /// A tree on the console's talk stream.
    pub(crate) fn new(console: Console, lang: Lang) -> Self {
        Self {
            console,
            lang,
            bars: MultiProgress::with_draw_target(ProgressDrawTarget::stderr()),
            steps: Mutex::new(HashMap::new()),
        }
    }

    fn say(&self, text: &str) {
        self.bars.suspend(|| self.console.say(text));
    }

    fn begin(&self, report: &Report) {
        self.say(&head(report, self.lang));
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let last = report.steps.len().saturating_sub(1);
        for (index, step) in report.steps.iter().enumerate() {
            let branch = if index == last { "└─" } else { "├─" };
            let bar = self.bars.add(ProgressBar::new_spinner());
            bar.set_prefix(branch);
            self.draw(&bar, step);
            steps.insert(step.id.clone(), bar);
        }
    }

    fn redraw(&self, report: &Report, id: &StepId) {
        let steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(bar), Some(step)) = (steps.get(id), report.step(id)) {
            self.draw(bar, step);
        }
    }

    fn draw(&self, bar: &ProgressBar, step: &StepReport) {
        let running = step.phase == StepPhase::Running;
        let template = if running {
            "{prefix} {spinner} {msg}"
        } else {
            "{prefix} {msg}"
        };
        let style = ProgressStyle::with_template(template)
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        bar.set_style(style);
        let mut text = if running {
            step.name.to_string()
        } else {
            format!("{} {}", mark(step.phase), step.name)
        };
        for sent in &step.deliveries {
            text.push_str(&format!("  {} {}", sent.service.title(), sent.outcome));
        }
        if !step.message.is_empty() {
            text.push_str("  ");
            text.push_str(&step.message);
        }
        bar.set_message(self.console.mask(&text));
        if running {
            bar.enable_steady_tick(TICK);
        } else {
            bar.disable_steady_tick();
            bar.tick();
        }
    }
}

impl View for Tree {
    fn event(&self, stamped: &Stamped, report: &Report) {
        match &stamped.event {
            Event::RunStarted { .. } => self.begin(report),
            Event::StepStarted { step }
            | Event::StepWaiting { step, .. }
            | Event::StepFinished { step, .. }
            | Event::ObjectApplied { step, .. }
            | Event::VariableSet { step, .. } => self.redraw(report, step),
            Event::DeliveryRetried { step, .. } => {
                self.say(&line(&stamped.event, report, self.lang));
                self.redraw(report, step);
            }
            Event::DeliveryFinished {
                step,
                delivery: done,
            } => {
                if !done.outcome.is_success() {
                    self.say(&delivery(done, self.lang));
                }
                self.redraw(report, step);
            }
            Event::RunFinished { .. } => {
                self.finish();
                self.console.say(&line(&stamped.event, report, self.lang));
            }
        }
    }

    fn finish(&self) {
        let steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        for bar in steps.values() {
            bar.disable_steady_tick();
            if !bar.is_finished() {
                bar.abandon();
            }
        }
    }
}
