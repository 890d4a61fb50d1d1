//! Programs by their text: a workflow runs the same expressions thousands of times.

use std::sync::{Mutex, PoisonError};

use burgee_source::{Diagnostic, SourceId, Span};
use rustc_hash::FxHashMap;

use crate::Program;

/// Compiled texts, shared between threads.
///
/// ```
/// # use burgee_cue::Cache;
/// # use burgee_source::SourceId;
/// let cache = Cache::default();
/// let once = cache.expression("1 + 1", SourceId(0)).expect("CUE");
/// let twice = cache.expression("1 + 1", SourceId(1)).expect("CUE");
/// let evaluate = |program: &burgee_cue::Program| program.evaluate(&[], &Default::default());
/// assert_eq!(evaluate(&once), evaluate(&twice));
/// ```
#[derive(Debug, Default)]
pub struct Cache {
    kept: Mutex<FxHashMap<Key, Compiled>>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    is_file: bool,
    text: Box<str>,
}

/// Problems are kept too: a broken template is as often asked for as a good one.
type Compiled = Result<Program, Vec<Diagnostic>>;

/// More texts than this at once are not a workflow's.
const MAX_KEPT: usize = 1024;

// === impl Cache ===

impl Cache {
    /// As [`Program::file`], compiled once.
    ///
    /// # Errors
    ///
    /// As [`Program::file`].
    pub fn file(&self, text: &str, source: SourceId) -> Result<Program, Vec<Diagnostic>> {
        self.get(text, source, true)
    }

    /// As [`Program::expression`], compiled once.
    ///
    /// # Errors
    ///
    /// As [`Program::expression`].
    pub fn expression(&self, text: &str, source: SourceId) -> Result<Program, Vec<Diagnostic>> {
        self.get(text, source, false)
    }

    fn get(&self, text: &str, source: SourceId, is_file: bool) -> Compiled {
        let key = Key {
            is_file,
            text: text.into(),
        };
        if let Some(compiled) = self.lock().get(&key) {
            return relocated(compiled, source);
        }
        // Compiled outside of the lock: another thread may do so too, and the last one is kept.
        let compiled = match is_file {
            true => Program::file(text, source),
            false => Program::expression(text, source),
        };
        let mut kept = self.lock();
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        kept.insert(key, compiled.clone());
        compiled
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, FxHashMap<Key, Compiled>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn relocated(compiled: &Compiled, source: SourceId) -> Compiled {
    let place = |span: Span| {
        let range = span.range();
        let [start, end] = [range.start, range.end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        Span::new(source, start, end)
    };
    match compiled {
        Ok(program) => Ok(program.in_source(source)),
        Err(problems) => {
            let problems = problems.iter().cloned();
            Err(problems.map(|problem| problem.relocate(place)).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_reported_where_the_text_is_used() {
        let cache = Cache::default();
        for source in [SourceId(3), SourceId(7)] {
            let problems = cache.expression("1 +", source).expect_err("no CUE");
            assert_eq!(problems[0].span().source(), source);
            let program = cache.expression("a", source).expect("CUE");
            let error = program
                .evaluate(&[], &crate::Limits::default())
                .expect_err("no `a`");
            assert_eq!(error.diagnostic.span().source(), source);
        }
    }
}
