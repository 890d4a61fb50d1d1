//! `cargo xtask bench cue --oracle PATH`: CUE here beside the real one, on the same texts in the same minutes.
//!
//! The real one is a program that speaks the lines of `cargo xtask conformance` and, started with `-bench N`, adds the
//! median `ns` and the mean `alloc_bytes` of N runs to its answers. Ours is `burgee cue bench`. Rounds are interleaved, so
//! that a slow moment of the machine hits both; before they are timed, both have to give the same value.

mod many;
mod side;
mod work;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use self::{
    side::{Figures, Ours, Theirs},
    work::Work,
};
use crate::{
    conformance::{self, Driver, Question, Reply},
    talk::say,
    workspace::product,
};

/// What is compared with what.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// A real CUE that answers JSON lines, with `-bench N`
    #[arg(long, value_name = "PATH")]
    oracle: PathBuf,
    /// The binary to measure [default: build it, optimised]
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// Rounds that count
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    rounds: u32,
    /// Programs that one process evaluates; 0 leaves that out
    #[arg(long, default_value_t = 1_000_000, value_name = "N")]
    programs: u32,
}

/// What both sides took for a piece of work, round by round.
struct Row<'a> {
    work: &'a Work,
    theirs: Vec<Figures>,
    ours: Vec<Figures>,
}

/// Measures, and prints tables in Markdown.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let binary = match &options.binary {
        Some(binary) => std::path::absolute(binary).context("--binary")?,
        None => product()?,
    };
    let oracle = std::path::absolute(&options.oracle).context("--oracle")?;
    let works = work::all()?;
    same_values(&works, &oracle, &binary)?;

    let (theirs, ours) = (Theirs::new(&oracle), Ours::new(&binary)?);
    let mut rows: Vec<Row<'_>> = works.iter().map(Row::new).collect();
    for _ in 0..options.rounds {
        for row in &mut rows {
            row.theirs.extend(theirs.measure(row.work)?);
            row.ours.push(ours.measure(row.work)?);
        }
    }
    say(&format!(
        "{}; medians of {} rounds\n",
        machine(),
        options.rounds
    ));
    say(
        "| work | CUE | Burgee | times | aim | compiled | times | aim | CUE allocates | Burgee | share |",
    );
    say("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for row in &rows {
        say(&row.line());
    }
    if let Some(growth) = growth(&rows) {
        say(&format!(
            "\nten times the fields cost {growth:.1} times as much (aim: 11)"
        ));
    }
    if options.programs > 0 {
        say(&many::run(&binary, options.programs)?);
    }
    Ok(true)
}

/// A comparison of different values says nothing.
fn same_values(works: &[Work], oracle: &Path, binary: &Path) -> Result<()> {
    let asked = works.iter().filter(|work| work.runs_there > 0);
    let questions: Vec<Question<'_>> = asked.clone().map(Work::question).collect();
    let theirs = Driver::new(oracle, &[]).ask(&questions)?;
    let ours = conformance::ours(binary).ask(&questions)?;
    for ((work, theirs), ours) in asked.zip(&theirs).zip(&ours) {
        let expected = theirs.expectation();
        let agrees = expected.and_then(|expected| expected.agrees(ours));
        if agrees.is_none() || !matches!(ours, Reply::Value(_)) {
            bail!("{}: CUE says {theirs}, Burgee {ours}", work.name);
        }
    }
    Ok(())
}

/// How much more ten times the fields cost.
fn growth(rows: &[Row<'_>]) -> Option<f64> {
    let of = |name: &str| rows.iter().find(|row| row.work.name == name);
    let (few, many) = (of(work::FEW)?, of(work::MANY)?);
    Some(many.ours_ns() / few.ours_ns())
}

/// What it is measured on.
fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpus = read("/proc/cpuinfo");
    let model = cpus.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split_once(": ")).map(|of| of.1);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or_default();
    format!(
        "{cores} cores of {}, load {load}",
        model.unwrap_or("an unknown processor")
    )
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

// === impl Row ===

impl<'a> Row<'a> {
    const fn new(work: &'a Work) -> Self {
        Self {
            work,
            theirs: Vec::new(),
            ours: Vec::new(),
        }
    }

    fn ours_ns(&self) -> f64 {
        median(self.ours.iter().map(|figures| figures.ns).collect())
    }

    /// The work in the table: without CUE's figures where they take too long.
    fn line(&self) -> String {
        let of = |side: &[Figures], figure: fn(&Figures) -> f64| {
            median(side.iter().map(figure).collect::<Vec<_>>())
        };
        let (theirs, ours) = (of(&self.theirs, |f| f.ns), self.ours_ns());
        let compiled = of(&self.ours, |f| f.compiled_ns);
        let (their_bytes, our_bytes) = (of(&self.theirs, |f| f.bytes), of(&self.ours, |f| f.bytes));
        let aim = |aim: Option<u32>| aim.map_or_else(|| "–".to_owned(), |aim| aim.to_string());
        format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            self.work.name,
            time(theirs),
            time(ours),
            ratio(theirs / ours),
            aim(self.work.aim),
            time(compiled),
            ratio(theirs / compiled),
            aim(self.work.aim_compiled),
            size(their_bytes),
            size(our_bytes),
            ratio(our_bytes / their_bytes),
        )
    }
}

/// Three digits of a duration in nanoseconds.
fn time(ns: f64) -> String {
    scaled(ns, 1000.0, &["ns", "µs", "ms", "s"])
}

/// Three digits of a number of bytes.
fn size(bytes: f64) -> String {
    scaled(bytes, 1000.0, &["B", "kB", "MB", "GB"])
}

fn scaled(mut figure: f64, step: f64, units: &[&str]) -> String {
    if figure.is_nan() {
        return "–".to_owned();
    }
    let mut units = units.iter();
    let mut unit = units.next();
    while figure >= step
        && let Some(larger) = units.next()
    {
        figure /= step;
        unit = Some(larger);
    }
    format!("{} {}", digits(figure), unit.unwrap_or(&""))
}

fn ratio(ratio: f64) -> String {
    match ratio.is_nan() {
        true => "–".to_owned(),
        false => digits(ratio),
    }
}

fn digits(figure: f64) -> String {
    match figure {
        small if small < 10.0 => format!("{small:.2}"),
        middle if middle < 100.0 => format!("{middle:.1}"),
        large => format!("{large:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_three_digits_and_a_unit() {
        assert_eq!(time(950.0), "950 ns");
        assert_eq!(time(4396.0), "4.40 µs");
        assert_eq!(time(2_119_084_655.0), "2.12 s");
        assert_eq!(size(17_026.0), "17.0 kB");
        assert_eq!(time(f64::NAN), "–");
    }

    #[test]
    fn work_that_only_one_side_does_has_no_ratio() {
        let works = work::all().unwrap();
        let mut row = Row::new(&works[0]);
        let ours = Figures {
            ns: 2000.0,
            compiled_ns: 1000.0,
            bytes: 10.0,
        };
        row.ours.push(ours);
        assert!(row.line().contains("| – | 2.00 µs | – |"), "{}", row.line());
        row.theirs.push(Figures {
            ns: 5000.0,
            compiled_ns: f64::NAN,
            bytes: 100.0,
        });
        assert!(
            row.line().ends_with("| 100 B | 10.0 B | 0.10 |"),
            "{}",
            row.line()
        );
        assert!(row.line().contains("| 1.00 µs | 5.00 |"), "{}", row.line());
    }
}
