use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use model::{SessionId, limits};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::timeout;
use wire::{Request, Scope};

use super::outbox::Letters;
use crate::host::Host;
use crate::principal::Principal;

/// Queries that may wait for their turn before the next is refused.
const BACKLOG: usize = 32;
/// Commands that may wait in one lane before the connection does.
const LANE: usize = 64;
/// How long a stopping host waits for answers that are being worked on.
const FAREWELL: Duration = Duration::from_secs(1);

/// Commands go in order per session (and per host), queries side by side (PA7): a slow diff never
/// delays a vote, and two keystrokes never change places.
pub(super) struct Lanes {
    host: Host,
    principal: Principal,
    out: Letters,
    lanes: BTreeMap<Lane, mpsc::Sender<(u64, Request)>>,
    queries: Arc<Semaphore>,
    /// For queries in flight and those that wait.
    places: Arc<Semaphore>,
    tasks: JoinSet<()>,
}

/// Commands in the same one go after each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lane {
    Host,
    /// What waits for other machines holds up nothing of this one.
    Elsewhere,
    Session(SessionId),
}

/// No place for another query now.
pub(super) struct Crowded;

impl Lanes {
    pub fn new(host: Host, principal: Principal, out: Letters) -> Self {
        let queries = Arc::new(Semaphore::new(limits::QUERIES_IN_FLIGHT));
        let places = Arc::new(Semaphore::new(limits::QUERIES_IN_FLIGHT + BACKLOG));
        Self { host, principal, out, lanes: BTreeMap::new(), queries, places, tasks: JoinSet::new() }
    }

    pub async fn command(&mut self, id: u64, request: Request) {
        let key = match request.need().scope {
            _ if request.goes_elsewhere() => Lane::Elsewhere,
            Scope::Session(session) => Lane::Session(session),
            Scope::Connection | Scope::Host | Scope::Workspace(_) => Lane::Host,
        };
        let (host, principal, out) = (self.host.clone(), self.principal, self.out.clone());
        let tasks = &mut self.tasks;
        let lane = self.lanes.entry(key).or_insert_with(|| {
            let (lane, mut waiting) = mpsc::channel::<(u64, Request)>(LANE);
            tasks.spawn(async move {
                while let Some((id, request)) = waiting.recv().await {
                    answer(&host, principal, &out, (id, request)).await;
                }
            });
            lane
        });
        // The lane lives as long as this does.
        lane.send((id, request)).await.ok();
    }

    /// Never waits: what follows this query must not wait for those before it.
    pub fn query(&mut self, id: u64, request: Request) -> Result<(), Crowded> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Crowded)?;
        let queries = Arc::clone(&self.queries);
        let (host, principal, out) = (self.host.clone(), self.principal, self.out.clone());
        while self.tasks.try_join_next().is_some() {}
        self.tasks.spawn(async move {
            // Nobody closes it.
            let turn = queries.acquire().await;
            answer(&host, principal, &out, (id, request)).await;
            drop((turn, place));
        });
        Ok(())
    }

    /// Lets what has been taken up be answered, for as long as a goodbye may wait.
    pub async fn finish(mut self) {
        self.lanes.clear();
        let answered = async { while self.tasks.join_next().await.is_some() {} };
        // What takes longer is remembered, and answered when it is sent again (LO5).
        timeout(FAREWELL, answered).await.ok();
    }
}

async fn answer(host: &Host, principal: Principal, out: &Letters, (id, request): (u64, Request)) {
    let frame = match host.call(principal, request).await {
        Ok(reply) => wire::encode_reply(id, &reply),
        Err(failure) => wire::encode_failure(Some(id), &failure),
    };
    // The client may be gone; a command it sent counts all the same.
    out.frame(frame).await;
}
