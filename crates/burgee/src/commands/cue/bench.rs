//! `burgee cue bench`: how long a value takes, and how much is allocated for it, for anybody to compare with.
//!
//! A run from the text and one of the compiled program follow each other, so that a slow moment of the machine hits both.
//! Allocations are counted in runs of their own, which are not timed.

use std::{hint::black_box, time::Instant};

use burgee_cue::{Error, Limits, Program};
use serde::Serialize;

use super::{
    super::Env,
    inputs, report,
    session::{Focus, Found, Session, Wish},
};
use crate::{
    args::BenchArgs,
    exit::{Exit, Failure},
};

/// Runs whose allocations are counted. The first makes what stays for the next ones; the mean makes little of it.
const COUNTED: u32 = 10;

/// What was measured.
#[derive(Serialize)]
struct Figures {
    median_ns: u64,
    compiled_median_ns: u64,
    alloc_bytes: u64,
}

/// Measures one value.
pub(super) fn bench(args: &BenchArgs, env: &Env) -> Result<Exit, Failure> {
    let inputs = inputs::read(&args.inputs.files)?;
    let mut problems = inputs.problems.clone();
    let session = Session::new(inputs);
    let focus = args.expression.as_deref().map(|expression| {
        let expression = session.expression("<expression>", expression);
        session.focus(expression, None)
    });
    if problems.is_empty() {
        match session.look(focus.as_ref(), None, &Wish::Value) {
            Ok(Found::Value(_) | Found::Term(_) | Found::Nothing) => {}
            Err(found) => problems = found,
        }
    }
    let figures = match problems.is_empty() {
        true => measure(&session, focus.as_ref(), args.runs),
        false => None,
    };
    if let Some(figures) = figures {
        let text = serde_json::to_string(&figures).expect("a plain struct is JSON");
        env.console.print_unmasked(&format!("{text}\n"));
        return Ok(Exit::Ok);
    }
    Ok(report::failed(
        &mut problems,
        &session,
        args.inputs.problems,
        env,
    ))
}

/// `None` when a run fails, as none does after one that did not.
fn measure(session: &Session, focus: Option<&Focus>, runs: u32) -> Option<Figures> {
    let compile = || session.compile(focus, None).ok();
    let program = compile()?;
    let from_text = || export(&compile()?).ok();
    let mut times = (Vec::new(), Vec::new());
    for _ in 0..runs {
        times.0.push(nanoseconds(from_text)?);
        times.1.push(nanoseconds(|| export(&program).ok())?);
    }
    let counted = runs.min(COUNTED);
    let (done, bytes) = burgee_heap::count(|| (0..counted).try_for_each(|_| from_text().map(drop)));
    done?;
    Some(Figures {
        median_ns: median(times.0),
        compiled_median_ns: median(times.1),
        alloc_bytes: bytes / u64::from(counted),
    })
}

fn export(program: &Program) -> Result<String, Error> {
    let value = program.evaluate(&[], &Limits::default())?;
    Ok(value.to_json_text())
}

/// How long it takes, until all that it made is gone.
fn nanoseconds<T>(work: impl FnOnce() -> Option<T>) -> Option<u64> {
    let start = Instant::now();
    drop(black_box(work())?);
    Some(u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX))
}

fn median(mut times: Vec<u64>) -> u64 {
    let middle = times.len() / 2;
    if times.is_empty() {
        return 0;
    }
    *times.select_nth_unstable(middle).1
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_in_the_middle_whatever_the_order() {
        assert_eq!(median(vec![9, 1, 2]), 2);
        assert_eq!(median(vec![4]), 4);
        assert_eq!(median(Vec::new()), 0);
    }
}
