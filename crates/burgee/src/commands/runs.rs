//! `burgee runs`, `show` and `logs`: looking at runs that are kept.

use burgee_model::{Read, RunState, StepPhase, StepState};
use burgee_source::Lang;
use burgee_store::{Filter, Ownership, RunSummary, Store};
use serde_json::json;
use unicode_width::UnicodeWidthStr as _;

use super::{Env, json_text, run::Output};
use crate::{
    args::{ListOutput, LogOutput, LogsArgs, RunsArgs, ShowArgs},
    exit::{Exit, Failure},
    folder, view,
};

/// Lists runs, the newest first.
pub(crate) fn runs(args: &RunsArgs, env: &Env) -> Result<Exit, Failure> {
    let store = folder::look(&args.state)?;
    let filter = Filter {
        application: args.application.clone(),
        unfinished: args.unfinished,
        limit: args.limit,
        ..Filter::default()
    };
    let runs = store.runs(&filter).map_err(Failure::usage)?;
    match args.output {
        ListOutput::Json => {
            let list: Vec<_> = runs.iter().map(summary_json).collect();
            env.console.print(&json_text(&list));
        }
        ListOutput::Text => env.console.print(&table(&runs)),
    }
    Ok(Exit::Ok)
}

fn summary_json(run: &RunSummary) -> serde_json::Value {
    json!({
        "run": run.run,
        "application": run.application,
        "namespace": run.namespace,
        "status": run.phase,
        "message": run.message,
        "startTime": run.created,
        "updateTime": run.updated,
        "endTime": run.finished,
    })
}

fn table(runs: &[RunSummary]) -> String {
    let mut rows = vec![["RUN", "APPLICATION", "STATUS", "STARTED"].map(str::to_owned)];
    rows.extend(runs.iter().map(|run| {
        [
            run.run.to_string(),
            format!("{}/{}", run.namespace, run.application),
            run.phase.to_string(),
            format!("{:.0}", run.created),
        ]
    }));
    let mut widths = [0; 4];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Shows one run.
pub(crate) fn show(args: &ShowArgs, env: &Env) -> Result<Exit, Failure> {
    let output = Output::of_report(&args.output)?;
    let store = folder::look(&args.state)?;
    let run = store.find(&args.run).map_err(Failure::usage)?;
    let state = store.state(&run).map_err(Failure::usage)?;
    if output.is_data() {
        return Ok(output.print(Some(&state.report()), env));
    }
    env.console.print(&details(&state, &store, env.lang));
    Ok(Exit::Ok)
}

/// A run for people.
fn details(state: &RunState, store: &Store, lang: Lang) -> String {
    let mut out = format!(
        "run {} · application {}/{} · {}\n",
        state.run, state.namespace, state.application, state.phase
    );
    if !state.message.is_empty() {
        out.push_str(&format!("{}\n", state.message));
    }
    if let Ok(Ownership::Held(Some(owner))) = store.owner(&state.run) {
        out.push_str(&format!("carried on by {owner}\n"));
    }
    for step in &state.steps {
        let indent = if step.group.is_some() { "   " } else { "" };
        out.push_str(&format!(
            "{indent}{} {}",
            view::mark(step.phase),
            step.head.name
        ));
        if let Some(alias) = &step.head.alias {
            out.push_str(&format!(" ({alias})"));
        }
        out.push_str(&format!("  {}", step.phase));
        if let Some(reason) = step.reason {
            out.push_str(&format!(" ({reason})"));
        }
        if !step.message.is_empty() {
            out.push_str(&format!(": {}", step.message));
        }
        out.push('\n');
        for line in more(step, lang) {
            out.push_str(&format!("{indent}    {line}\n"));
        }
    }
    out
}

/// What else there is to say of a step.
fn more(step: &StepState, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(suspension) = &step.suspended {
        let until = suspension
            .until
            .map(|until| format!(", goes on by itself at {until:.0}"));
        lines.push(format!(
            "waits for somebody since {:.0}{}",
            suspension.since,
            until.unwrap_or_default()
        ));
    } else if let Some(since) = step.waiting_since
        && step.phase == StepPhase::Running
    {
        lines.push(format!("waits since {since:.0}"));
    }
    if let Some((condition, read)) = &step.condition {
        lines.push(format!("its `if` does not hold: {condition}"));
        lines.extend(read.iter().map(read_line));
    }
    if step.attempt > 1 {
        lines.push(format!("attempt {}", step.attempt));
    }
    if step.unknown {
        lines.push("Unknown: whether a message of it arrived was not known".to_owned());
    }
    lines.extend(
        step.deliveries
            .iter()
            .map(|sent| view::delivery(sent, lang)),
    );
    lines
}

fn read_line(read: &Read) -> String {
    match &read.value {
        Some(value) => format!("  {} = {}", read.name, value.0.to_json_text()),
        None => format!("  {} is not there", read.name),
    }
}

/// Shows the events of a run.
pub(crate) fn logs(args: &LogsArgs, env: &Env) -> Result<Exit, Failure> {
    let store = folder::look(&args.state)?;
    let run = store.find(&args.run).map_err(Failure::usage)?;
    let records = store.records(&run, 0).map_err(Failure::usage)?;
    let mut state = None;
    for (seq, record) in &records {
        let state = match &mut state {
            Some(state) => state,
            None => {
                let Some(begun) = RunState::begin(record) else {
                    continue;
                };
                state.insert(begun)
            }
        };
        state.apply(record);
        match args.output {
            LogOutput::Jsonl => {
                env.console.print(&view::json_line(record, Some(*seq)));
            }
            LogOutput::Text => {
                if let Some(line) = view::line(&record.event, state, env.lang) {
                    env.console.print(&format!("{:.0} {line}\n", record.at));
                }
            }
        }
    }
    Ok(Exit::Ok)
}
