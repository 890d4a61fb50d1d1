//! The steps as a tree with a spinner on the one that runs: for a terminal.
//!
//! Above the tree, what is worth keeping scrolls by (deliveries, failures); the tree itself is redrawn in
//! place and stays as the summary at the end.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use burgee_model::{Event, RunState, Stamped, StepId, StepPhase, StepState};
use burgee_source::Lang;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{View, delivery, head, mark, words::line};
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

    fn begin(&self, state: &RunState) {
        self.say(&head(state, self.lang));
        let mut bars = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let is_last = |place: usize| {
            let group = state.steps[place].group;
            let mut later = state.steps[place + 1..].iter();
            !later.any(|step| step.group == group)
        };
        for (place, step) in state.steps.iter().enumerate() {
            let branch = if is_last(place) { "└─" } else { "├─" };
            let trunk = match step.group {
                Some(group) if is_last(group) => "   ",
                Some(_) => "│  ",
                None => "",
            };
            let bar = self.bars.add(ProgressBar::new_spinner());
            bar.set_prefix(format!("{trunk}{branch}"));
            self.draw(&bar, step);
            bars.insert(step.head.id.clone(), bar);
        }
    }

    fn redraw(&self, state: &RunState, id: &StepId) {
        let bars = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(step) = state.step(id) else {
            return;
        };
        let group = step.group.map(|place| &state.steps[place]);
        for step in [Some(step), group].into_iter().flatten() {
            if let Some(bar) = bars.get(&step.head.id) {
                self.draw(bar, step);
            }
        }
    }

    fn draw(&self, bar: &ProgressBar, step: &StepState) {
        let running = step.phase == StepPhase::Running;
        let template = if running {
            "{prefix} {spinner} {msg}"
        } else {
            "{prefix} {msg}"
        };
        let style = ProgressStyle::with_template(template)
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        bar.set_style(style);
        let name = step.head.alias.as_deref();
        let name = name.unwrap_or(step.head.name.as_str());
        let mut text = if running {
            name.to_owned()
        } else {
            format!("{} {name}", mark(step.phase))
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
    fn event(&self, stamped: &Stamped, state: &RunState) {
        let say = || {
            if let Some(line) = line(&stamped.event, state, self.lang) {
                self.say(&line);
            }
        };
        match &stamped.event {
            Event::RunStarted { .. } => self.begin(state),
            Event::OwnerTook { .. }
            | Event::CallIntended { .. }
            | Event::CallFinished { .. }
            | Event::Restarted { .. } => {}
            Event::StepStarted { step, .. }
            | Event::StepWaiting { step, .. }
            | Event::StepFinished { step, .. }
            | Event::ObjectApplied { step, .. }
            | Event::ConditionFalse { step, .. }
            | Event::VariableSet { step, .. } => self.redraw(state, step),
            Event::DeliveryRetried { step, .. } | Event::CallUnknown { step, .. } => {
                say();
                self.redraw(state, step);
            }
            Event::Suspended { step, .. } | Event::Resumed { step, .. } => {
                say();
                match step {
                    Some(step) => self.redraw(state, step),
                    None => {
                        for step in &state.steps {
                            self.redraw(state, &step.head.id);
                        }
                    }
                }
            }
            Event::DeliveryFinished {
                step,
                delivery: done,
            } => {
                if !done.outcome.is_success() {
                    self.say(&delivery(done, self.lang));
                }
                self.redraw(state, step);
            }
            Event::Terminated { .. } => say(),
            Event::RunFinished { .. } => {
                self.finish();
                if let Some(line) = line(&stamped.event, state, self.lang) {
                    self.console.say(&line);
                }
            }
        }
    }

    fn finish(&self) {
        let bars = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        for bar in bars.values() {
            bar.disable_steady_tick();
            if !bar.is_finished() {
                bar.abandon();
            }
        }
    }
}
