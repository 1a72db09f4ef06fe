//! A session and the lock of its turn.

use anyhow::{Context, Result};
use model::{AgentChoice, AgentKey, PersonId, RoomView, Usage, Verdict};
use wire::{Reply, Request, SessionSpending};

use super::cards::{the_open, view};
use super::desk::Desk;
use super::{fresh, said};
use crate::args::{ChoiceName, Drive, Overrule, Steer, Without};
use crate::output::{Said, table};
use crate::resolve::{self, Candidate, Kind};

pub async fn steer(desk: &mut Desk, order: Steer) -> Result<Said> {
    let command = fresh();
    let (asked, done) = match &order {
        Steer::Usage { session } => return usage(desk, session.as_deref()).await,
        Steer::Rename { session, .. } => (session, "It has another title."),
        Steer::Tag { session, .. } => (session, "It has these tags."),
        Steer::Agent { session, .. } => (session, "The next turn is theirs."),
        Steer::Pause { session } => (session, "Paused: the running turn finishes, and no other starts."),
        Steer::Resume { session } => (session, "It goes on."),
        Steer::End { session } => (session, "Ended."),
        Steer::Reopen { session } => (session, "It is open again."),
    };
    let session = resolve::session(&desk.directory().await?, asked)?;
    let request = match order {
        Steer::Rename { title, .. } => Request::RenameSession { command, session, title },
        Steer::Tag { tags, .. } => Request::TagSession { command, session, tags },
        Steer::Agent { agent, model, mode, effort, .. } => {
            let choice = AgentChoice { agent: AgentKey(agent), model, mode, effort };
            Request::ChooseAgent { command, session, choice }
        }
        Steer::Pause { .. } => Request::PauseSession { command, session },
        Steer::Resume { .. } => Request::ResumeSession { command, session },
        Steer::End { .. } => Request::EndSession { command, session },
        Steer::Reopen { .. } => Request::ReopenSession { command, session },
        Steer::Usage { .. } => Request::Usage { session },
    };
    said(&desk.call(request).await?, done)
}

async fn usage(desk: &mut Desk, asked: Option<&str>) -> Result<Said> {
    let request = match asked {
        Some(asked) => Request::Usage { session: resolve::session(&desk.directory().await?, asked)? },
        None => Request::HostUsage,
    };
    let reply = desk.call(request).await?;
    let Reply::Usage { sessions, people, .. } = &reply else { return said(&reply, "") };
    let name = |person: PersonId| {
        let known = people.iter().find(|known| known.person == person);
        known.map_or_else(|| person.to_string(), |known| known.name.to_string())
    };
    let row = |of: &SessionSpending| {
        let rows = of.spending.spent.iter().map(|spent| {
            let Usage { input_tokens, output_tokens, cost_micros, .. } = spent.usage;
            let cells = [
                of.session.to_string(),
                name(spent.person),
                spent.agent.to_string(),
                format!("{} turns", spent.turns),
                format!("{} tokens", input_tokens + output_tokens),
                format!("${}.{:02}", cost_micros / 1_000_000, cost_micros % 1_000_000 / 10_000),
            ];
            cells.to_vec()
        });
        rows.collect::<Vec<_>>()
    };
    let lines: Vec<Vec<String>> = sessions.iter().flat_map(row).collect();
    said(&reply, table(&lines, "No turn has run yet."))
}

pub async fn drive(desk: &mut Desk, order: Drive) -> Result<Said> {
    let command = fresh();
    match order {
        Drive::Ask { session } => {
            let session = resolve::session(&desk.directory().await?, &session)?;
            said(&desk.call(Request::AskToDrive { command, session }).await?, "Asked.")
        }
        Drive::Give { session, person } => {
            let (session, snapshot) = desk.room(&session).await?;
            let to = present(&view(snapshot.view)?, &person)?;
            said(&desk.call(Request::HandOver { command, session, to }).await?, "They drive now.")
        }
        Drive::Take { session } => {
            let session = resolve::session(&desk.directory().await?, &session)?;
            said(&desk.call(Request::TakeLock { command, session }).await?, "You drive now.")
        }
    }
}

pub async fn overrule(desk: &mut Desk, order: Overrule) -> Result<Said> {
    let (session, snapshot) = desk.room(&order.session).await?;
    let all = view(snapshot.view)?.ballots;
    let all = all.iter().map(|it| (it.ballot, it.ballot.to_string()));
    let ballot = the_open(all, order.ballot.as_deref(), "plan to decide on")?;
    let verdict = match order.choice {
        ChoiceName::Approve => Verdict::Approved,
        ChoiceName::Deny => Verdict::Denied,
    };
    let reason = order.reason;
    let request = Request::OverrideBallot { command: fresh(), session, ballot, verdict, reason };
    said(&desk.call(request).await?, "It is decided.")
}

pub async fn without(desk: &mut Desk, order: Without) -> Result<Said> {
    let (session, snapshot) = desk.room(&order.session).await?;
    let view = view(snapshot.view)?;
    let person = present(&view, &order.person)?;
    let command = fresh();
    let ballots = view.ballots.iter().filter(|it| it.waiting_for.contains(&person));
    let ballots: Vec<_> = ballots.map(|it| (it.ballot, it.ballot.to_string())).collect();
    let request = if order.question.is_some() || (order.ballot.is_none() && ballots.is_empty()) {
        let all = view.questions.iter().filter(|it| it.waiting_for.contains(&person));
        let all = all.map(|it| (it.question, it.question.to_string()));
        let question = the_open(all, order.question.as_deref(), "card that waits for them")?;
        Request::GoOnWithoutAnswer { command, session, question, person }
    } else {
        let ballot = the_open(ballots.into_iter(), order.ballot.as_deref(), "plan that waits for them")?;
        Request::GoOnWithoutVoter { command, session, ballot, person }
    };
    said(&desk.call(request).await?, "It goes on without them.")
}

/// Somebody of the room.
fn present(view: &RoomView, asked: &str) -> Result<PersonId> {
    let all = view.roster.iter().map(|it| Candidate {
        id: it.person,
        written: it.person.to_string(),
        names: vec![it.name.to_string()],
    });
    resolve::find(all, asked, Kind { name: "person", list: "conclave session show" })
        .context("Only who is in the room counts.")
}
