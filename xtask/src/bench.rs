//! `cargo xtask bench`: a whole run of the mission's example, as a process, against a minimal client.
//!
//! Both send the same two POSTs to the same service on loopback: `burgee` reads, checks and runs the manifest for
//! it, the client (`crates/burgee/examples/two_posts.rs`) does nothing else. Pairs are interleaved, so that a slow
//! moment of the machine hits both. The service is our own and answers at once: the embedded inbox keeps the
//! services' rules, a message a second among them, and would be measured instead.

mod contender;
pub(crate) mod cue;
pub(crate) mod engine;
mod figures;
mod service;

use anyhow::{Result, ensure};

use self::{contender::Contender, figures::Figures, service::Service};
use crate::{
    talk::say,
    workspace::{optimised, product, root},
};

/// Pairs before those that count: they fill the caches.
const WARM_UP: usize = 3;
/// Processes of each kind whose memory is measured; these are not timed.
const MEMORY: usize = 5;

/// Measures, and prints a table in Markdown.
pub(crate) fn run(pairs: usize) -> Result<bool> {
    ensure!(pairs > 0, "--pairs: at least one");
    let burgee = product()?;
    let client = optimised("--example", "two_posts")?;
    let service = Service::start()?;
    let state = tempfile::tempdir()?;
    let burgee = Contender::burgee(
        burgee,
        &root().join("docs/examples/first-vela-workflow.yaml"),
        state.path(),
        &service,
    );
    let client = Contender::client(client, &service);

    same_requests(&burgee, &client, &service)?;
    let mut times = (Figures::default(), Figures::default());
    for pair in 0..WARM_UP + pairs {
        let pair_times = (burgee.time()?, client.time()?);
        if pair >= WARM_UP {
            times.0.push(pair_times.0);
            times.1.push(pair_times.1);
        }
    }
    say(&format!(
        "{pairs} interleaved pairs after {WARM_UP} to warm up; memory is the largest of {MEMORY} processes\n"
    ));
    say("| process | min | median | max | peak memory |");
    say("|---|---|---|---|---|");
    for (contender, times) in [(&burgee, &times.0), (&client, &times.1)] {
        let memory = contender.memory(MEMORY)?;
        let memory = memory.map_or_else(
            || "not measured: no GNU time".to_owned(),
            |kib| format!("{:.1} MiB", kib as f64 / 1024.0),
        );
        say(&format!("| {} | {times} | {memory} |", contender.name()));
    }
    let ratio = times.0.median().as_secs_f64() / times.1.median().as_secs_f64();
    say(&format!("\nratio of the medians: {ratio:.2}"));
    Ok(true)
}

/// A comparison of different things says nothing.
fn same_requests(burgee: &Contender, client: &Contender, service: &Service) -> Result<()> {
    burgee.try_out()?;
    let one = service.take();
    client.try_out()?;
    let other = service.take();
    ensure!(
        one == other,
        "the two processes do not send the same requests:\n{}: {one:?}\n{}: {other:?}",
        burgee.name(),
        client.name()
    );
    ensure!(one.len() == 2, "expected two requests, got {one:?}");
    Ok(())
}
