//! What turns took, and the most that they may take (AG7).

use std::collections::BTreeSet;

use door::Whose;
use model::{PersonId, Rejection, SessionId, Spending, WorkspaceId};
use wire::{Allowance, Failure, Reply, SessionSpending};

use crate::authority::may_follow;
use crate::host::Host;
use crate::principal::Principal;
use crate::session::Shared;

impl Host {
    pub(crate) async fn usage(&self, principal: Principal, session: SessionId) -> Result<Reply, Failure> {
        let shared = &self.inner.shared;
        let workspace = shared.globe.now().workspace_of(session).ok_or_else(Failure::not_found)?;
        let line = shared.board.lines().remove(&session).ok_or_else(Failure::not_found)?;
        let allowance = tightest(shared, principal.person, workspace);
        Ok(self.billed(vec![SessionSpending { session, spending: line.spending }], allowance).await)
    }

    /// Of all sessions that the asker may see.
    pub(crate) async fn host_usage(&self, principal: Principal) -> Reply {
        let world = self.inner.shared.globe.now().clone();
        let lines = self.inner.shared.board.lines().into_iter();
        let seen = lines.filter(|(session, _)| may_follow(&world, principal, *session));
        let rows = seen.map(|(session, line)| SessionSpending { session, spending: line.spending });
        self.billed(rows.filter(|row| row.spending != Spending::default()).collect(), None).await
    }

    async fn billed(&self, sessions: Vec<SessionSpending>, allowance: Option<Allowance>) -> Reply {
        let all = sessions.iter().flat_map(|row| &row.spending.spent).map(|spent| spent.person);
        let people: BTreeSet<PersonId> = all.collect();
        let people = self.inner.shared.desk.names(people).await;
        Reply::Usage { sessions, people, allowance }
    }
}

/// Of what limits somebody here the one with the least left, by money or else by tokens.
fn tightest(shared: &Shared, person: PersonId, workspace: WorkspaceId) -> Option<Allowance> {
    let all = allowances(shared, person, workspace).into_iter();
    all.min_by_key(|allowance| {
        let Allowance { budget, taken, .. } = allowance;
        let left = |most: Option<u64>, taken: u64| most.map_or(u64::MAX, |most| most.saturating_sub(taken));
        (left(budget.cost_micros, taken.cost_micros), left(budget.tokens, taken.tokens()))
    })
}

/// What keeps somebody's next turn here from starting; turns of the owner nothing does.
pub(crate) fn exhausted(shared: &Shared, person: PersonId, workspace: WorkspaceId) -> Option<Rejection> {
    let spent = |allowance: &Allowance| allowance.budget.is_spent(&allowance.taken);
    let first = allowances(shared, person, workspace).into_iter().find(spent);
    first.map(|Allowance { budget, together, .. }| Rejection::BudgetSpent { budget, together })
}

fn allowances(shared: &Shared, person: PersonId, workspace: WorkspaceId) -> Vec<Allowance> {
    let world = shared.globe.now();
    let Some(member) = world.grants.members.get(&person) else { return Vec::new() };
    let here = member.allowances.iter().filter(|one| one.workspaces.contains(&workspace));
    let with_taken = here.map(|one| {
        let counts = |session| world.workspace_of(session).is_some_and(|it| one.workspaces.contains(&it));
        let now = shared.board.taken(&one.people, counts);
        // To delete a session gives nothing back.
        let before = one.workspaces.iter().filter_map(|id| world.shelf.spent_before.get(id)).flatten();
        let theirs = before.filter(|spent| one.people.contains(&spent.person));
        let taken = theirs.fold(now, |sum, spent| sum.and(spent.usage));
        Allowance { budget: one.budget, taken, together: one.whose == Whose::Everybodys }
    });
    with_taken.collect()
}
