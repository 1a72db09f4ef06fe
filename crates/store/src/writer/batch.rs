use std::sync::Arc;

use ports::event_store::{PartialText, StoreError, Target};
use rusqlite::Connection;

use super::Job;
use crate::error::store_error;
use crate::pending::Pending;
use crate::write::{self, Change};

type Outcome = Result<(), StoreError>;

/// Writes texts and jobs in one transaction, and answers. When that fails, each is tried alone, so
/// that one too large for the disk takes no other with it.
pub fn write(connection: &Connection, jobs: Vec<Job>, texts: &[Arc<PartialText>], pending: &Pending) {
    if jobs.len() < 2 && texts.is_empty() {
        return one_by_one(connection, jobs, pending);
    }
    let changes: Vec<&Change> = jobs.iter().map(|job| &job.change).collect();
    match transaction(connection, || together(connection, &changes, texts)) {
        Ok(outcomes) => {
            pending.written(texts);
            for (job, outcome) in jobs.into_iter().zip(outcomes) {
                answer(job, outcome, pending);
            }
        }
        Err(_) => {
            // Texts first: written after its item's event, a text would stay for ever.
            write_texts(connection, texts, pending);
            one_by_one(connection, jobs, pending);
        }
    }
}

fn write_texts(connection: &Connection, texts: &[Arc<PartialText>], pending: &Pending) {
    match transaction(connection, || self::texts(connection, texts)) {
        Ok(()) => pending.written(texts),
        Err(error) => {
            tracing::warn!(%error, "running text could not be written");
            pending.failed();
        }
    }
}

fn one_by_one(connection: &Connection, jobs: Vec<Job>, pending: &Pending) {
    for job in jobs {
        let outcome = transaction(connection, || write::change(connection, &job.change));
        answer(job, outcome, pending);
    }
}

fn answer(job: Job, outcome: Outcome, pending: &Pending) {
    if outcome.is_ok() {
        drop_texts(&job.change, pending);
    }
    // Nobody waits any more: the change stands all the same.
    let _ = job.done.send(outcome);
}

/// All of it or nothing. The statements are prepared once: parsing them costs as much as a small append.
fn transaction<T>(
    connection: &Connection,
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    run(connection, "BEGIN IMMEDIATE")?;
    let done = work().and_then(|done| run(connection, "COMMIT").map(|()| done));
    // Some failures have rolled back by themselves.
    if done.is_err() && !connection.is_autocommit() {
        // What failed first is what counts.
        let _ = run(connection, "ROLLBACK");
    }
    done
}

/// The inner errors harmed nothing but their own change; the outer one undoes everything.
fn together(
    connection: &Connection,
    changes: &[&Change],
    texts: &[Arc<PartialText>],
) -> Result<Vec<Outcome>, StoreError> {
    self::texts(connection, texts)?;
    changes.iter().map(|change| alone(connection, change)).collect()
}

fn texts(connection: &Connection, texts: &[Arc<PartialText>]) -> Result<(), StoreError> {
    texts.iter().try_for_each(|text| write::partial(connection, text)).map_err(|error| store_error(&error))
}

fn alone(connection: &Connection, change: &Change) -> Result<Outcome, StoreError> {
    run(connection, "SAVEPOINT change")?;
    match write::change(connection, change) {
        Ok(()) => {
            run(connection, "RELEASE change")?;
            Ok(Ok(()))
        }
        Err(conflict @ StoreError::Conflict { .. }) => {
            run(connection, "ROLLBACK TO change")?;
            run(connection, "RELEASE change")?;
            Ok(Err(conflict))
        }
        Err(fatal) => Err(fatal),
    }
}

fn run(connection: &Connection, statement: &str) -> Result<(), StoreError> {
    let ran = connection.prepare_cached(statement).and_then(|mut statement| statement.execute([]));
    ran.map(drop).map_err(|error| store_error(&error))
}

/// Texts that are running no more.
fn drop_texts(change: &Change, pending: &Pending) {
    match change {
        Change::Append(append) => pending.settled(&append.settled),
        Change::Erase(erasure) => {
            pending.settled(&erasure.append.settled);
            if let Target::Stream(stream) = erasure.target {
                pending.forget(stream);
            }
        }
        Change::Save(_) | Change::Layout(..) | Change::Blob(..) | Change::Head(_) => {}
    }
}
