use std::sync::Arc;

use ports::event_store::{PartialText, StoreError};
use rusqlite::{Connection, TransactionBehavior};

use super::Job;
use crate::error::store_error;
use crate::pending::Pending;
use crate::write::{self, Change};

type Outcome = Result<(), StoreError>;

/// Writes texts and jobs in one transaction, and answers. When that fails, each is tried alone, so
/// that one too large for the disk takes no other with it.
pub fn write(connection: &mut Connection, jobs: Vec<Job>, texts: &[Arc<PartialText>], pending: &Pending) {
    let changes: Vec<&Change> = jobs.iter().map(|job| &job.change).collect();
    match attempt(connection, &changes, texts) {
        Ok(outcomes) => {
            pending.written(texts);
            answer(jobs, outcomes, pending);
        }
        Err(_) => one_by_one(connection, jobs, texts, pending),
    }
}

fn one_by_one(connection: &mut Connection, jobs: Vec<Job>, texts: &[Arc<PartialText>], pending: &Pending) {
    // Texts first: written after its item's event, a text would stay for ever.
    match attempt(connection, &[], texts) {
        Ok(_) => pending.written(texts),
        Err(error) => {
            tracing::warn!(%error, "running text could not be written");
            pending.failed();
        }
    }
    for job in jobs {
        let outcome = match attempt(connection, &[&job.change], &[]) {
            Ok(mut outcomes) => outcomes.remove(0),
            Err(error) => Err(error),
        };
        answer(vec![job], vec![outcome], pending);
    }
}

fn answer(jobs: Vec<Job>, outcomes: Vec<Outcome>, pending: &Pending) {
    for (job, outcome) in jobs.into_iter().zip(outcomes) {
        if let (Change::Append(append), Ok(())) = (&job.change, &outcome) {
            pending.settled(&append.settled);
        }
        // Nobody waits any more: the change stands all the same.
        let _ = job.done.send(outcome);
    }
}

/// The inner errors harmed nothing but their own change; the outer one undid everything.
fn attempt(
    connection: &mut Connection,
    changes: &[&Change],
    texts: &[Arc<PartialText>],
) -> Result<Vec<Outcome>, StoreError> {
    let sql = |error| store_error(&error);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
    texts.iter().try_for_each(|text| write::partial(&transaction, text)).map_err(sql)?;
    let outcomes = changes.iter().map(|change| alone(&transaction, change)).collect::<Result<_, _>>()?;
    transaction.commit().map_err(sql)?;
    Ok(outcomes)
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
