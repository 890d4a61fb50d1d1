//! A run in virtual time: what is answered, what goes wrong, who resumes.

use std::time::Duration;

use clap::Args;

/// `run --simulate` and what belongs to it.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct SimulationArgs {
    /// Run in virtual time: nothing leaves this process, waiting takes no time, nothing is kept
    #[arg(
        long,
        env = "BURGEE_SIMULATE",
        conflicts_with_all = ["send_anyway", "run_id", "wait"]
    )]
    pub(crate) simulate: bool,
    /// What a `request` or `webhook` step is answered: a file with `status`, `header` and `body`, or with the body alone; given
    /// again for a step, the next answer
    #[arg(long, requires = "simulate", value_name = "STEP=FILE")]
    pub(crate) reply: Vec<String>,
    /// What goes wrong: at a step, or at slack or dingtalk; an HTTP status, timeout or refused; N times, or always
    #[arg(long, requires = "simulate", value_name = "WHERE:WHAT[xN]")]
    pub(crate) fault: Vec<String>,
    /// Somebody resumes each step that waits for somebody, so long after it began to wait
    #[arg(long, requires = "simulate", value_name = "DURATION", value_parser = burgee_model::duration)]
    pub(crate) assume_resumed: Option<Duration>,
}
