//! What jobs say, as rows: records as they are, the row of a run once for all its records.

use std::collections::HashMap;

use rusqlite::{Connection, named_params, params};

use crate::{index::Shown, journal::Beginning, owner::Held, queue::Job, writer::nanoseconds};

/// The row of a run as its last record leaves it.
struct Row<'a> {
    records: u64,
    at: i64,
    shown: &'a Shown,
}

/// Writes what jobs say.
pub(crate) fn write(connection: &Connection, jobs: &[Job]) -> rusqlite::Result<()> {
    let mut rows: HashMap<i64, Row<'_>> = HashMap::new();
    for job in jobs {
        match job {
            Job::Begin(held, beginning) => begin(connection, held, beginning)?,
            Job::Record {
                held,
                seq,
                at,
                text,
                shown,
            } => {
                let number = held.number.get().copied();
                connection
                    .prepare_cached("INSERT INTO records VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![number, seq, at, text])?;
                if let Some(number) = number {
                    let row = Row {
                        records: *seq,
                        at: *at,
                        shown,
                    };
                    rows.insert(number, row);
                }
            }
            Job::Answer {
                id, at, refusal, ..
            } => {
                connection
                    .prepare_cached("UPDATE commands SET done = ?2, refusal = ?3 WHERE id = ?1")?
                    .execute(params![id.0, at, refusal])?;
            }
            Job::Sync(_) => {}
        }
    }
    for (number, row) in rows {
        show(connection, number, &row)?;
    }
    Ok(())
}

fn begin(connection: &Connection, held: &Held, beginning: &Beginning) -> rusqlite::Result<()> {
    let Beginning {
        shown,
        manifest,
        origin,
        created,
    } = beginning;
    connection
        .prepare_cached(
            "INSERT INTO runs (id, application, namespace, manifest, origin, created, phase, message, updated, records)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', ?6, 0)",
        )?
        .execute(params![
            held.run.as_str(),
            shown.application,
            shown.namespace,
            manifest,
            origin.get(),
            created,
            shown.phase.as_str(),
        ])?;
    // Nobody else begins this run: its lock is held.
    let _ = held.number.set(connection.last_insert_rowid());
    Ok(())
}

fn show(connection: &Connection, number: i64, row: &Row<'_>) -> rusqlite::Result<()> {
    let Row { records, at, shown } = row;
    let finished = shown.finished.and_then(|at| nanoseconds(at).ok());
    connection
        .prepare_cached(
            "UPDATE runs SET application = :application, namespace = :namespace, phase = :phase,
               message = :message, finished = :finished, updated = :at, records = :records
             WHERE number = :number",
        )?
        .execute(named_params! {
            ":application": shown.application,
            ":namespace": shown.namespace,
            ":phase": shown.phase.as_str(),
            ":message": shown.message,
            ":finished": finished,
            ":at": at,
            ":records": records,
            ":number": number,
        })?;
    Ok(())
}
