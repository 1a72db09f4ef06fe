//! What is done outside the log: at other hosts, and to the work in worktrees. It goes to its end, once, and what
//! became of it is remembered here: a window that lost its link before the answer asks again (LO5).

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::join_all;
use futures_util::future::{BoxFuture, Shared};
use model::{CommandId, PersonId};
use ports::chain::Hash;
use tokio::time::timeout;
use wire::{Failure, FailureCode, Reply};

use crate::desk::{Cause, id_reused};

/// More than one window asks for within the time it takes to come back.
const REMEMBERED: usize = 64;

/// How long a stopping host waits for them.
const FAREWELL: Duration = Duration::from_secs(10);

type Outcome = Result<Reply, Failure>;

#[derive(Default)]
pub(crate) struct Errands(Mutex<VecDeque<Errand>>);

struct Errand {
    by: PersonId,
    command: CommandId,
    request: Hash,
    outcome: Shared<BoxFuture<'static, Outcome>>,
}

impl Errands {
    /// Goes once for each command, to its end also when nobody waits any more.
    pub async fn run(
        &self,
        cause: &Cause,
        errand: impl Future<Output = Outcome> + Send + 'static,
    ) -> Outcome {
        self.outcome(cause, errand)?.await
    }

    /// Until what runs is done, or has had its time.
    pub async fn end(&self) {
        let all: Vec<_> = {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.iter().map(|errand| errand.outcome.clone()).collect()
        };
        if timeout(FAREWELL, join_all(all)).await.is_err() {
            tracing::warn!("the host stops in the middle of an order; what it did is found at the next look");
        }
    }

    fn outcome(
        &self,
        cause: &Cause,
        errand: impl Future<Output = Outcome> + Send + 'static,
    ) -> Result<Shared<BoxFuture<'static, Outcome>>, Failure> {
        let by = cause.principal.person;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.iter().find(|known| known.by == by && known.command == cause.command) {
            return match known.request == cause.request {
                true => Ok(known.outcome.clone()),
                false => Err(id_reused()),
            };
        }
        let task = tokio::spawn(errand);
        let broken = || Failure::new(FailureCode::HostStopping, "It broke off. Try again.");
        let outcome = task.map(move |end| end.unwrap_or_else(|_| Err(broken()))).boxed().shared();
        let (command, request) = (cause.command, cause.request);
        known.push_back(Errand { by, command, request, outcome: outcome.clone() });
        if known.len() > REMEMBERED {
            known.pop_front();
        }
        Ok(outcome)
    }
}
