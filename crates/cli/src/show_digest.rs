//! "While you were away", as lines for people.

use model::{BallotOutcome, Decided, Digest, DigestTurn, PermissionAnswer, TurnOutcome, Verdict};

pub fn digest(digest: &Digest) -> String {
    if digest.head == digest.since {
        return "Nothing went on since.".to_owned();
    }
    let turns = digest.turns.iter().map(turn).collect();
    let decisions = digest.decisions.iter().map(|it| decided(&it.what)).collect();
    let files = digest.files.iter().map(|it| format!("{} +{} -{}", it.path, it.added, it.removed)).collect();
    let people = digest.people.iter().map(person).collect();
    let parts = [
        part("Turns", turns, digest.earlier_turns),
        part("Decisions", decisions, digest.earlier_decisions),
        part("Files", files, digest.more_files),
        part("People", people, 0),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn part(title: &str, lines: Vec<String>, more: u32) -> Option<String> {
    if lines.is_empty() {
        return None;
    }
    let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
    Some(format!("{title}{more}\n  {}", lines.join("\n  ")))
}

fn turn(turn: &DigestTurn) -> String {
    let outcome = match &turn.outcome {
        None => "running".to_owned(),
        Some(TurnOutcome::Completed) => "done".to_owned(),
        Some(TurnOutcome::Failed { reason, .. }) => format!("failed: {reason}"),
        Some(TurnOutcome::Cancelled) => "stopped".to_owned(),
        Some(TurnOutcome::Interrupted) => "interrupted".to_owned(),
    };
    let prompt = if turn.prompt.is_empty() { "…" } else { &turn.prompt };
    format!("{prompt} ({outcome})")
}

fn decided(what: &Decided) -> String {
    match what {
        Decided::Plan { plan, outcome, .. } => format!("plan {plan:?}: {}", ballot(outcome.as_ref())),
        Decided::Question { text, answers, .. } => {
            let said = answers.iter().flatten().flat_map(|(_, said)| said.clone()).collect::<Vec<_>>();
            let said = if said.is_empty() { "no answer".to_owned() } else { said.join(", ") };
            format!("question {text:?}: {said}")
        }
        Decided::Permission { title, answer, .. } => {
            let answer = match answer {
                Some(PermissionAnswer::Allow) => "allowed",
                Some(PermissionAnswer::Reject) => "rejected",
                None => "no answer",
            };
            format!("permission {title:?}: {answer}")
        }
    }
}

fn ballot(outcome: Option<&BallotOutcome>) -> String {
    match outcome {
        None => "open".to_owned(),
        Some(BallotOutcome::Approved) => "approved".to_owned(),
        Some(BallotOutcome::Denied { reason, .. }) => format!("denied: {reason}"),
        Some(BallotOutcome::Overridden { verdict: Verdict::Approved, reason, .. }) => {
            format!("approved by the owner: {reason}")
        }
        Some(BallotOutcome::Overridden { verdict: Verdict::Denied, reason, .. }) => {
            format!("denied by the owner: {reason}")
        }
        Some(BallotOutcome::Lapsed) => "lapsed".to_owned(),
        Some(BallotOutcome::Withdrawn { .. }) => "withdrawn".to_owned(),
    }
}

fn person(person: &model::DigestPerson) -> String {
    let name = person.name.as_ref().map_or_else(|| "somebody".to_owned(), ToString::to_string);
    match (person.came, person.went) {
        (Some(_), Some(_)) => format!("{name} came and went"),
        (Some(_), None) => format!("{name} came"),
        (None, Some(_) | None) => format!("{name} went"),
    }
}
