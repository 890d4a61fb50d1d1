//! `cargo xtask conformance`: the built binary's CUE against the stored answers of the real one.
//!
//! Every `*.jsonl` file below `fixtures/cue` holds cases: a source and what CUE v0.14.1 makes of it. The binary is
//! asked through `burgee cue export --jsonl`; value and kind of failure must be the same, unless
//! `fixtures/cue/differences.toml` lists the case with a reason.

mod case;
mod differences;
mod document;
mod driver;
mod feature;
mod json;
mod random;
mod reply;
mod table;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use self::{
    case::Case,
    differences::Differences,
    table::{Table, Verdict},
};
pub(crate) use self::{
    driver::{Driver, Question},
    reply::Reply,
};
use crate::{
    talk::say,
    workspace::{product, root},
};

/// How many disagreements are shown unless all are asked for.
const SHOWN: usize = 20;

/// What is compared, and how it is told.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only cases whose feature, `file:id` or source contains this
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Show every disagreement and every listed difference, with both answers
    #[arg(long)]
    list: bool,
    /// Refresh the table in docs/cue-conformance.md
    #[arg(long, conflicts_with = "filter")]
    write_docs: bool,
    /// The binary to drive [default: build it, optimised]
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    #[command(flatten)]
    random: random::RandomOptions,
}

/// Everything, with a binary that is there already.
pub(crate) fn all(binary: &Path) -> Result<bool> {
    stored(binary, &Choice::default())
}

/// The texts of all cases, and of the expressions in their scope.
pub(crate) fn sources() -> Result<Vec<String>> {
    let cases = case::all(&root().join("fixtures/cue"))?;
    let texts = cases
        .into_iter()
        .flat_map(|case| [Some(case.src), case.expr]);
    Ok(texts.flatten().collect())
}

/// Which cases, and how they are told.
#[derive(Default)]
struct Choice<'a> {
    filter: Option<&'a str>,
    list: bool,
    write_docs: bool,
}

/// Compares with stored answers, or with those of a real CUE. True when nothing disagrees that is not listed.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let binary = binary(options)?;
    match &options.random.oracle {
        Some(oracle) => {
            let oracle = std::path::absolute(oracle).context("--oracle")?;
            let pair = random::Pair::new(ours(&binary), Driver::new(&oracle, &[]));
            random::run(&options.random, &pair)
        }
        None => {
            let choice = Choice {
                filter: options.filter.as_deref(),
                list: options.list,
                write_docs: options.write_docs,
            };
            stored(&binary, &choice)
        }
    }
}

/// The binary, answering lines.
pub(crate) fn ours(binary: &Path) -> Driver {
    Driver::new(binary, &["cue", "export", "--jsonl"])
}

/// Compares with stored answers. True when every disagreement is listed, and the table in the docs is up to date.
fn stored(binary: &Path, choice: &Choice<'_>) -> Result<bool> {
    let folder = root().join("fixtures/cue");
    let mut cases = case::all(&folder)?;
    let differences = Differences::read(&folder.join("differences.toml"))?;
    if let Some(filter) = choice.filter {
        cases.retain(|case| case.is_about(filter));
    }
    if cases.is_empty() {
        bail!("no case is about that");
    }

    let questions: Vec<Question<'_>> = cases.iter().map(Case::question).collect();
    let replies = ours(binary).ask(&questions)?;

    let mut table = Table::default();
    let mut told = 0;
    let mut found = BTreeSet::new();
    for (case, reply) in cases.iter().zip(&replies) {
        let agrees = case.expected.agrees(reply);
        let entry = differences.find(case, reply).filter(|_| agrees.is_none());
        found.extend(entry);
        let verdict = match (agrees, entry) {
            (Some(same_order), _) => Verdict::Agree { same_order },
            (None, Some(_)) => Verdict::Listed,
            (None, None) => Verdict::Disagree,
        };
        table.count(&case.feature, &verdict);
        if let Some(entry) = entry {
            table.list(differences.reason(entry), case.name());
        }
        let shown = match verdict {
            Verdict::Agree { .. } => false,
            Verdict::Listed => choice.list,
            Verdict::Disagree => choice.list || told < SHOWN,
        };
        if shown {
            told += 1;
            tell(case, reply, entry.map(|entry| differences.reason(entry)));
        }
    }
    if table.disagreements() > told && !choice.list {
        say("… (--list shows all of them)\n");
    }
    say(&table.to_string());
    // A part of the cases says nothing about the rest.
    let stale = match choice.filter {
        Some(_) => Vec::new(),
        None => differences.stale(&found),
    };
    for entry in &stale {
        say(&format!(
            "differences.toml: nothing differs any more as listed for {entry}"
        ));
    }
    let in_docs = match choice.filter {
        Some(_) => true,
        None => document::keep(&table, choice.write_docs)?,
    };
    Ok(table.disagreements() == 0 && stale.is_empty() && in_docs)
}

fn binary(options: &Options) -> Result<PathBuf> {
    match &options.binary {
        Some(binary) => std::path::absolute(binary).context("--binary"),
        None => product(),
    }
}

fn tell(case: &Case, reply: &Reply, reason: Option<&str>) {
    let head = match reason {
        None => "DISAGREE",
        Some(_) => "listed  ",
    };
    say(&format!("{head} {} ({})", case.name(), case.feature));
    for line in case.src.lines() {
        say(&format!("    | {line}"));
    }
    if let Some(expr) = &case.expr {
        say(&format!("    = {expr}"));
    }
    let known = case.error.as_deref().and_then(|text| text.lines().next());
    say(&format!(
        "    CUE:  {} {}",
        case.expected,
        known.unwrap_or("")
    ));
    say(&format!("    ours: {reply}"));
    if let Some(reason) = reason {
        say(&format!("    why:  {reason}"));
    }
    say("");
}
