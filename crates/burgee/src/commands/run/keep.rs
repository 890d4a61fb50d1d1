//! Where a run is kept, and whether it exists already.

use std::sync::Arc;

use burgee_engine::Nowhere;
use burgee_model::{Event, Journal, RunId, RunState};
use burgee_store::{NewRun, RunJournal, RunLock, Store, StoreError};
use jiff::Timestamp;

use super::prepare::Prepared;
use crate::{
    args::{GoOnArgs, RunArgs},
    commands::Env,
    exit::Failure,
    folder,
    masked::Masked,
    origin::{self, Origin},
};

/// A run that is about to be carried on.
pub(crate) struct Keep {
    /// Its id.
    pub(crate) run: RunId,
    /// Where its records go.
    pub(crate) journal: Arc<dyn Journal>,
    /// What was known of it, and what was decided since; nothing where it begins.
    pub(crate) known: Option<(RunState, Vec<Event>)>,
    /// Where it is kept; nowhere for a throw-away run.
    pub(crate) store: Option<Store>,
    /// The right to carry it on.
    _lock: Option<RunLock>,
}

/// What became of the wish to run something.
pub(crate) enum Kept {
    /// It can be carried on.
    Here(Box<Keep>),
    /// It had ended before.
    Ended(Box<RunState>),
}

/// Begins a run, or takes the one up that has its id.
pub(crate) fn keep(prepared: &Prepared, args: &RunArgs, env: &Env) -> Result<Kept, Failure> {
    let metadata = &prepared.plan.application.metadata;
    let name = &metadata.name.value;
    if args.no_journal {
        return Ok(Kept::Here(Box::new(Keep {
            run: burgee_engine::run_id(name),
            journal: Arc::new(Nowhere),
            known: None,
            store: None,
            _lock: None,
        })));
    }
    let store = folder::open(&args.state)?;
    let run: RunId = match &args.run_id {
        Some(id) => id.as_str().into(),
        None => burgee_engine::run_id(name),
    };
    let origin = Origin::new(args, parts(prepared, &store, env)?);
    let new = NewRun {
        id: run.clone(),
        application: name.clone(),
        namespace: metadata.namespace().to_owned(),
        manifest: Some(origin.manifest.clone()),
        origin: serde_json::value::to_raw_value(&origin).expect("an origin is JSON"),
        created: Timestamp::now(),
    };
    match store.begin(&new) {
        Ok((lock, journal)) => Ok(here(run, lock, journal, None, store, env)),
        Err(StoreError::Exists { .. }) if args.run_id.is_some() => {
            same(&run, &store, &origin)?;
            take(run, store, |_| Ok(Vec::new()), env)
        }
        Err(error) => Err(Failure::usage(error)),
    }
}

/// Takes a run up, with what is decided about it.
pub(crate) fn take(
    run: RunId,
    store: Store,
    decide: impl FnOnce(&RunState) -> Result<Vec<Event>, Failure>,
    env: &Env,
) -> Result<Kept, Failure> {
    let (lock, journal, state) = store.take(&run).map_err(Failure::usage)?;
    let Some(state) = state else {
        // Nothing had begun: it begins now.
        return Ok(here(run, lock, journal, None, store, env));
    };
    let decided = decide(&state)?;
    if state.phase.is_finished() && decided.is_empty() {
        return Ok(Kept::Ended(Box::new(state)));
    }
    Ok(here(run, lock, journal, Some((state, decided)), store, env))
}

fn here(
    run: RunId,
    lock: RunLock,
    journal: RunJournal,
    known: Option<(RunState, Vec<Event>)>,
    store: Store,
    env: &Env,
) -> Kept {
    let redactor = Arc::clone(env.console.redactor());
    Kept::Here(Box::new(Keep {
        run,
        journal: Arc::new(Masked::new(journal, redactor)),
        known,
        store: Some(store),
        _lock: Some(lock),
    }))
}

fn parts(
    prepared: &Prepared,
    store: &Store,
    env: &Env,
) -> Result<std::collections::BTreeMap<String, String>, Failure> {
    let key = store.key().map_err(Failure::usage)?;
    let redactor = env.console.redactor();
    Ok(origin::digests(
        &prepared.parts,
        &prepared.sources,
        redactor,
        &key,
    ))
}

/// Refuses another manifest under the id of a run.
fn same(run: &RunId, store: &Store, now: &Origin) -> Result<(), Failure> {
    let known = kept_origin(run, store)?;
    let differences = known.differences(&now.parts);
    match differences.is_empty() {
        true => Ok(()),
        false => Err(Failure::usage(format!(
            "run `{run}` exists, and is one of another manifest: {}",
            differences.join(", ")
        ))
        .hint("choose another --run-id")),
    }
}

/// What was kept of where a run comes from.
pub(crate) fn kept_origin(run: &RunId, store: &Store) -> Result<Origin, Failure> {
    let text = store.origin(run).map_err(Failure::usage)?;
    serde_json::from_str(text.get()).map_err(|error| {
        Failure::usage(format!(
            "what is kept of run `{run}` cannot be read: {error}"
        ))
    })
}

/// Refuses to go on when the manifest is not what it was.
pub(crate) fn unchanged(
    run: &RunId,
    known: &Origin,
    prepared: &Prepared,
    store: &Store,
    args: &GoOnArgs,
    env: &Env,
) -> Result<(), Failure> {
    let differences = known.differences(&parts(prepared, store, env)?);
    match differences.is_empty() {
        true => Ok(()),
        false => {
            let file = args.filename.as_ref();
            let file = file.map_or(known.manifest.clone(), |path| path.display().to_string());
            Err(Failure::usage(format!(
                "{file} is not what it was when run `{run}` began: {}",
                differences.join(", ")
            ))
            .hint("bring the manifest back as it was, or begin a new run"))
        }
    }
}
