//! What came out, in Markdown.

use std::collections::BTreeMap;

use super::{
    check::Kind,
    moment::Moment,
    trial::{Finding, Kill},
    workflow::Workflow,
};
use crate::talk::say;

/// A workflow and what became of its runs.
pub(super) struct Row {
    workflow: Workflow,
    whole: Finding,
    kills: Vec<Kill>,
    runs: u32,
    killed: u32,
    unknown: u32,
    resent: u32,
    refused: u32,
    lost: usize,
    twice: usize,
    faults: Vec<String>,
}

// === impl Row ===

impl Row {
    /// Begins with a whole run.
    pub(super) const fn new(workflow: Workflow, whole: Finding) -> Self {
        Self {
            workflow,
            whole,
            kills: Vec::new(),
            runs: 0,
            killed: 0,
            unknown: 0,
            resent: 0,
            refused: 0,
            lost: 0,
            twice: 0,
            faults: Vec::new(),
        }
    }

    /// The workflow.
    pub(super) const fn workflow(&self) -> &Workflow {
        &self.workflow
    }

    /// What a whole run of it comes to.
    pub(super) const fn whole(&self) -> &Finding {
        &self.whole
    }

    /// How many kills there were.
    pub(super) fn kills(&self) -> u32 {
        u32::try_from(self.kills.len()).unwrap_or(u32::MAX)
    }

    /// What was wrong, in words.
    pub(super) fn faults(&self) -> impl Iterator<Item = &String> {
        self.faults.iter()
    }

    /// Takes in what became of a run.
    pub(super) fn add(&mut self, finding: Finding) {
        let of = |kind| finding.faults.iter().filter(|it| it.kind == kind).count();
        self.lost += of(Kind::Lost);
        self.twice += of(Kind::Twice);
        self.runs += 1;
        self.killed += u32::from(!finding.kills.is_empty());
        self.unknown += u32::from(finding.unknown);
        self.resent += finding.resent;
        self.refused += finding.refused;
        self.kills.extend(finding.kills);
        let faults = finding.faults.iter().map(ToString::to_string);
        self.faults.extend(faults);
    }

    fn kills_where(&self, is: impl Fn(&Kill) -> bool) -> usize {
        self.kills.iter().filter(|kill| is(kill)).count()
    }

    fn line(&self) -> String {
        let first =
            |is: fn(&Moment) -> bool| self.kills_where(|kill| !kill.recovering && is(&kill.moment));
        let wrong = self.faults.len() - self.lost - self.twice;
        format!(
            "| {} | {} | {} | {} | {} | {} | {} of {} | {} | {} | {} | {} | {} | {wrong} |",
            self.workflow.name,
            self.kills.len(),
            first(|moment| matches!(moment, Moment::Record(_) | Moment::More(_))),
            first(|moment| matches!(moment, Moment::After(_))),
            first(|moment| matches!(moment, Moment::Answering(_))),
            self.kills_where(|kill| kill.recovering),
            self.killed,
            self.runs,
            self.unknown,
            self.resent,
            self.refused,
            self.lost,
            self.twice,
        )
    }

    /// How many records were kept at how many kills.
    fn records(&self) -> String {
        let mut kept: BTreeMap<u64, u32> = BTreeMap::new();
        for kill in &self.kills {
            *kept.entry(kill.records).or_default() += 1;
        }
        let kept = kept
            .iter()
            .map(|(records, times)| format!("{records}: {times}"));
        let kept: Vec<String> = kept.collect();
        let (name, whole) = (self.workflow.name, self.whole.records);
        format!("| {name} | {whole} | {} |", kept.join(", "))
    }
}

/// Prints all of it.
pub(super) fn print(rows: &[Row]) {
    let kills: u32 = rows.iter().map(Row::kills).sum();
    say(&format!("{kills} kills\n"));
    say(
        "| workflow | kills | at a record | at a moment | while answered | of a recovery | runs killed | with an Unknown | sent again as asked | second process refused | lost | twice | otherwise wrong |",
    );
    say("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for row in rows {
        say(&row.line());
    }
    say("\n| workflow | records of a whole run | records kept: kills |");
    say("|---|--:|---|");
    for row in rows {
        say(&row.records());
    }
}
