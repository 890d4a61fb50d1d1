//! `cargo xtask conformance --oracle PATH`: random programs, asked of the binary and of a real CUE.
//!
//! Value and kind of failure must be the same. Disagreements are grouped by what the two say, a few of each group are
//! cut down as far as the disagreement lasts, and printed as rows for `fixtures/cue`.

mod grammar;
mod group;
mod node;
mod shrink;

use std::{ops::Range, path::PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum as _};

use self::{
    grammar::Feature,
    group::{Groups, Sample},
    node::Node,
};
use super::{
    driver::{Driver, Question},
    reply::Reply,
};
use crate::talk::say;

/// Programs that are asked about at a time.
const BATCH: u64 = 1000;
/// How often a sample is cut at most; each cut is the smallest of all that are possible.
const CUTS: usize = 60;

/// What is made and what is told.
#[derive(Debug, Args)]
#[command(next_help_heading = "Random programs")]
pub(crate) struct RandomOptions {
    /// A real CUE that answers JSON lines on its standard input, as `burgee cue export --jsonl` does
    #[arg(long, value_name = "PATH")]
    pub(crate) oracle: Option<PathBuf>,
    /// Where the random numbers start; program I of N comes from seed SEED + I
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// How many programs
    #[arg(long, default_value_t = 2000, value_name = "N")]
    count: u64,
    /// How many examples of each group are cut down and shown
    #[arg(long, default_value_t = 2, value_name = "N")]
    examples: usize,
    /// How many groups are shown, the largest ones
    #[arg(long, default_value_t = 30, value_name = "N")]
    groups: usize,
    /// Only programs made of these [default: all]
    #[arg(long, value_delimiter = ',', value_name = "FEATURE,…")]
    features: Vec<Feature>,
    /// Leave these out
    #[arg(long, value_delimiter = ',', value_name = "FEATURE,…")]
    without: Vec<Feature>,
    /// Only groups where the binary says this: value, syntax, incomplete, eval, crash, silence
    #[arg(long, value_name = "SORT")]
    ours: Option<String>,
    /// Only groups where the real CUE says this
    #[arg(long, value_name = "SORT")]
    theirs: Option<String>,
    /// Only where the binary's words contain this
    #[arg(long, value_name = "TEXT")]
    words: Option<String>,
    /// Fields in another order are a disagreement
    #[arg(long)]
    order: bool,
    /// Programs that the real CUE answers otherwise when their declarations are reversed count as well
    #[arg(long)]
    fickle: bool,
    /// Print the programs instead of asking about them
    #[arg(long)]
    print: bool,
}

/// Both sides.
pub(crate) struct Pair {
    ours: Driver,
    theirs: Driver,
}

/// Two answers to one program.
#[derive(Debug, Clone)]
struct Answers {
    ours: Reply,
    theirs: Reply,
}

/// Compares. True when all agree.
pub(crate) fn run(options: &RandomOptions, pair: &Pair) -> Result<bool> {
    if options.print {
        let features = options.features();
        for seed in options.seeds() {
            let program = grammar::program(seed, &features);
            say(&format!("{}\n", source(&program)));
        }
        return Ok(true);
    }
    let groups = found(options, pair)?;
    groups.tell(options);
    Ok(groups.disagreements() == 0)
}

/// Everything that disagrees, with samples cut down.
fn found(options: &RandomOptions, pair: &Pair) -> Result<Groups> {
    let features = options.features();
    let mut groups = Groups::default();
    let seeds = options.seeds();
    let mut seed = seeds.start;
    while seed < seeds.end {
        let until = seeds.end.min(seed.saturating_add(BATCH));
        let programs: Vec<Node> = (seed..until)
            .map(|seed| grammar::program(seed, &features))
            .collect();
        let answers = pair.ask(&programs)?;
        for ((program, answers), seed) in programs.into_iter().zip(answers).zip(seed..) {
            groups.count(seed, program, answers, options);
        }
        groups.settle(&pair.theirs, options)?;
        seed = until;
    }
    groups.keep_largest(options.groups);
    shrink_all(&mut groups, pair, options)?;
    groups.drop_fickle(&pair.theirs, options)?;
    Ok(groups)
}

/// The text of a program, with the imports that it needs.
fn source(program: &Node) -> String {
    let text = program.to_string();
    grammar::imports(&text) + &text
}

/// Cuts all samples at once, so that the processes start only once for each round.
fn shrink_all(groups: &mut Groups, pair: &Pair, options: &RandomOptions) -> Result<()> {
    for _ in 0..CUTS {
        let mut samples: Vec<&mut Sample> = groups.unfinished();
        if samples.is_empty() {
            break;
        }
        let cuts: Vec<Vec<Node>> = samples
            .iter()
            .map(|sample| shrink::smaller(&sample.program))
            .collect();
        let programs: Vec<Node> = cuts.iter().flatten().cloned().collect();
        let mut answers = pair.ask(&programs)?.into_iter();
        for (sample, cuts) in samples.iter_mut().zip(cuts) {
            let answers: Vec<Answers> = answers.by_ref().take(cuts.len()).collect();
            sample.take_smallest(cuts, answers, options);
        }
    }
    Ok(())
}

// === impl RandomOptions ===

impl RandomOptions {
    fn seeds(&self) -> Range<u64> {
        self.seed..self.seed.saturating_add(self.count)
    }

    fn features(&self) -> Vec<Feature> {
        let all = match self.features.is_empty() {
            true => Feature::value_variants(),
            false => &self.features,
        };
        let wanted = all.iter().filter(|feature| !self.without.contains(feature));
        wanted.copied().collect()
    }
}

// === impl Pair ===

impl Pair {
    /// The binary and the real CUE.
    pub(crate) fn new(ours: Driver, theirs: Driver) -> Self {
        Self { ours, theirs }
    }

    /// Asks both at the same time.
    fn ask(&self, programs: &[Node]) -> Result<Vec<Answers>> {
        let texts: Vec<String> = programs.iter().map(source).collect();
        let questions: Vec<Question<'_>> = texts
            .iter()
            .map(|src| Question { src, expr: None })
            .collect();
        let (ours, theirs) = std::thread::scope(|scope| {
            let theirs = scope.spawn(|| self.theirs.ask(&questions));
            (self.ours.ask(&questions), theirs.join())
        });
        let theirs = theirs.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let both = ours?.into_iter().zip(theirs);
        Ok(both
            .map(|(ours, theirs)| Answers { ours, theirs })
            .collect())
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::path::Path;

    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        options: RandomOptions,
    }

    /// Says `1` to everything, or fails where the question contains a pattern.
    fn shell(pattern: &str) -> Driver {
        let script = format!(
            r#"while IFS= read -r line; do
                id=${{line#*\"id\":\"}}; id=${{id%%\"*}}
                case ${{line#*src}} in
                    *{pattern}*) echo "{{\"id\":\"$id\",\"kind\":\"eval\",\"error\":\"no\"}}";;
                    *) echo "{{\"id\":\"$id\",\"json\":1}}";;
                esac
            done"#
        );
        Driver::new(Path::new("/bin/sh"), &["-c", &script])
    }

    #[test]
    fn disagreement_is_cut_down_to_its_cause() {
        let options = Line::parse_from(["x", "--count", "200", "--examples", "2"]).options;
        let pair = Pair::new(shell("never"), shell("'<100'"));
        let groups = found(&options, &pair).unwrap();
        assert!(groups.disagreements() > 0);
        for text in groups.examples() {
            assert!(text.ends_with("<100") && text.len() < 12, "{text}");
        }
        let same = Pair::new(shell("never"), shell("never"));
        assert_eq!(found(&options, &same).unwrap().disagreements(), 0);
    }
}
