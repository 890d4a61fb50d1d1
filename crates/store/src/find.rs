//! Finding runs: the list of them, and the one that a name means.

use std::{cmp::Reverse, path::PathBuf};

use burgee_model::{RunId, RunPhase};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, named_params, params, types::Type};
use serde_json::value::RawValue;

use crate::{Store, StoreError};

/// How many names a near miss is looked for among, and how many are shown.
const LOOKED_AT: u32 = 1000;
const SHOWN: usize = 5;

/// How much a name must look like another one to be meant.
const ALIKE: f64 = 0.7;

/// Which runs a list has.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Of this application only.
    pub application: Option<String>,
    /// In this namespace only.
    pub namespace: Option<String>,
    /// Only those that have not ended.
    pub unfinished: bool,
    /// So many at the most.
    pub limit: u32,
}

/// A run in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunSummary {
    /// Its id.
    pub run: RunId,
    /// The application, or the `WorkflowRun`.
    pub application: String,
    /// Its namespace.
    pub namespace: String,
    /// Where its manifest is, as it was given.
    pub manifest: Option<PathBuf>,
    /// When it began.
    pub created: Timestamp,
    /// When its last record was written.
    pub updated: Timestamp,
    /// When it ended.
    pub finished: Option<Timestamp>,
    /// Its phase.
    pub phase: RunPhase,
    /// In words, where there is more to say.
    pub message: String,
    /// How many records it has.
    pub records: u64,
}

// === impl Filter ===

impl Default for Filter {
    /// The hundred newest.
    fn default() -> Self {
        Self {
            application: None,
            namespace: None,
            unfinished: false,
            limit: 100,
        }
    }
}

// === impl Store ===

impl Store {
    /// The runs that a filter lets through, the newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn runs(&self, filter: &Filter) -> Result<Vec<RunSummary>, StoreError> {
        self.settle();
        self.with(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, application, namespace, manifest, created, updated, finished, phase, message, records
                 FROM runs
                 WHERE (:application IS NULL OR application = :application)
                   AND (:namespace IS NULL OR namespace = :namespace)
                   AND NOT (:unfinished AND finished IS NOT NULL)
                 ORDER BY created DESC, number DESC LIMIT :limit",
            )?;
            let of_filter = named_params! {
                ":application": filter.application,
                ":namespace": filter.namespace,
                ":unfinished": filter.unfinished,
                ":limit": filter.limit,
            };
            statement.query_map(of_filter, summary)?.collect()
        })
    }

    /// What was kept of where a run comes from, as [`NewRun::origin`](crate::NewRun::origin) had it.
    ///
    /// # Errors
    ///
    /// When there is no such run, or it cannot be read.
    pub fn origin(&self, run: &RunId) -> Result<Box<RawValue>, StoreError> {
        let number = self.number(run)?;
        let text: String = self.with(|connection| {
            connection.query_row(
                "SELECT origin FROM runs WHERE number = ?1",
                [number],
                |row| row.get(0),
            )
        })?;
        RawValue::from_string(text).map_err(|error| StoreError::Damaged {
            path: self.path().to_owned(),
            words: format!("origin of run `{run}`: {error}"),
        })
    }

    /// The run that a name means: its id; or an application, `NAMESPACE/NAME` where there are several, whose latest run it
    /// is; or the beginning of one id only.
    ///
    /// # Errors
    ///
    /// When it means none, with those that are spelled alike, or several.
    pub fn find(&self, name: &str) -> Result<RunId, StoreError> {
        let exact = RunId::from(name);
        if self.head(&exact)?.is_some() {
            return Ok(exact);
        }
        let (namespace, application) = match name.split_once('/') {
            Some((namespace, application)) => (Some(namespace), application),
            None => (None, name),
        };
        if let Some(run) = self.latest(name, namespace, application)? {
            return Ok(run);
        }
        let mut begun = self.begun_with(name)?;
        match begun.len() {
            0 => Err(self.not_found(name)?),
            1 => Ok(begun.remove(0).into()),
            _ => Err(ambiguous(name, begun)),
        }
    }

    /// The latest run of an application.
    fn latest(
        &self,
        name: &str,
        namespace: Option<&str>,
        application: &str,
    ) -> Result<Option<RunId>, StoreError> {
        if namespace.is_none() {
            let namespaces: Vec<String> = self.with(|connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT DISTINCT namespace FROM runs WHERE application = ?1 ORDER BY namespace LIMIT ?2",
                )?;
                let rows = statement.query_map(params![application, SHOWN], |row| row.get(0))?;
                rows.collect()
            })?;
            if namespaces.len() > 1 {
                let full = |namespace| format!("{namespace}/{application}");
                return Err(ambiguous(name, namespaces.into_iter().map(full).collect()));
            }
        }
        self.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT id FROM runs WHERE application = ?1 AND (?2 IS NULL OR namespace = ?2)
                     ORDER BY created DESC, number DESC LIMIT 1",
                )?
                .query_row(params![application, namespace], |row| {
                    row.get::<_, String>(0)
                })
                .optional()
        })
        .map(|found| found.map(RunId::from))
    }

    /// Ids that begin so, a few at the most.
    fn begun_with(&self, start: &str) -> Result<Vec<String>, StoreError> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id FROM runs WHERE ?1 <> '' AND substr(id, 1, length(?1)) = ?1
                 ORDER BY created DESC, number DESC LIMIT ?2",
            )?;
            statement
                .query_map(params![start, SHOWN], |row| row.get(0))?
                .collect()
        })
    }

    /// That nothing has the name, and what is spelled alike.
    pub(crate) fn not_found(&self, name: &str) -> Result<StoreError, StoreError> {
        let names: Vec<(String, String)> = self.with(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, application FROM runs ORDER BY created DESC, number DESC LIMIT ?1",
            )?;
            statement
                .query_map([LOOKED_AT], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })?;
        let mut near: Vec<(u64, String)> = names
            .into_iter()
            .flat_map(|(id, application)| [id, application])
            .map(|other| (strsim::jaro_winkler(name, &other), other))
            .filter(|(alike, _)| *alike >= ALIKE)
            .map(|(alike, other)| ((alike * 1000.0) as u64, other))
            .collect();
        near.sort_by(|(a, left), (b, right)| (Reverse(a), left).cmp(&(Reverse(b), right)));
        near.dedup();
        let near = near.into_iter().take(SHOWN).map(|(_, other)| other);
        Ok(StoreError::NotFound {
            name: name.to_owned(),
            near: near.collect(),
        })
    }
}

fn ambiguous(name: &str, candidates: Vec<String>) -> StoreError {
    StoreError::Ambiguous {
        name: name.to_owned(),
        candidates,
    }
}

fn summary(row: &Row<'_>) -> rusqlite::Result<RunSummary> {
    let phase: String = row.get(7)?;
    let phase = serde_json::from_value(phase.into());
    Ok(RunSummary {
        run: row.get::<_, String>(0)?.into(),
        application: row.get(1)?,
        namespace: row.get(2)?,
        manifest: row.get::<_, Option<String>>(3)?.map(PathBuf::from),
        created: time(4, row.get(4)?)?,
        updated: time(5, row.get(5)?)?,
        finished: row
            .get::<_, Option<i64>>(6)?
            .map(|at| time(6, at))
            .transpose()?,
        phase: phase.map_err(|error| unreadable(7, Type::Text, error))?,
        message: row.get(8)?,
        records: row.get(9)?,
    })
}

fn time(column: usize, at: i64) -> rusqlite::Result<Timestamp> {
    let at = Timestamp::from_nanosecond(at.into());
    at.map_err(|error| unreadable(column, Type::Integer, error))
}

fn unreadable(
    column: usize,
    kind: Type,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(error))
}
