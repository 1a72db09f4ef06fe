//! "While you were away": a fold of a log's end, beside the room's own.

use std::collections::BTreeMap;

use model::{
    CardId, Choice, Decided, Digest, DigestDecision, DigestFile, DigestPerson, DigestTurn, DigestVote, Event,
    FileDiff, PersonId, Timestamp, ToolStatus, TurnId, TurnOutcome,
};

/// The newest of each that are told; the rest is counted.
const TURNS: usize = 50;
const DECISIONS: usize = 50;
const FILES: usize = 100;
/// Characters of a first line.
const LINE: usize = 120;

// As in the room's fold, `_` says that the other events are not of this part.

/// A [`Digest`] that grows event by event.
#[derive(Debug, Default)]
pub struct Gathering {
    digest: Digest,
    files: BTreeMap<String, DigestFile>,
}

#[derive(Clone, Copy)]
struct Place {
    seq: u64,
    at: Timestamp,
}

impl Gathering {
    /// Of what follows `since`.
    pub fn new(since: u64) -> Self {
        let digest = Digest { since, head: since, ..Digest::default() };
        Self { digest, files: BTreeMap::new() }
    }

    /// Total, as the room's own fold.
    pub fn apply(&mut self, event: &Event, seq: u64, at: Timestamp) {
        self.digest.head = seq;
        self.digest.from.get_or_insert(at);
        self.digest.to = Some(at);
        let place = Place { seq, at };
        self.turns(event, place);
        self.ballots(event, place);
        self.questions(event, place);
        self.permissions(event, place);
        self.people(event, at);
        if let Event::ToolEnded { status: ToolStatus::Completed, diffs, .. } = event {
            diffs.iter().for_each(|diff| self.file(diff));
        }
    }

    pub fn finish(self) -> Digest {
        let mut digest = self.digest;
        digest.earlier_turns = keep_newest(&mut digest.turns, TURNS);
        digest.earlier_decisions = keep_newest(&mut digest.decisions, DECISIONS);
        digest.more_files = count(self.files.len().saturating_sub(FILES));
        digest.files = self.files.into_values().take(FILES).collect();
        digest
    }

    fn turns(&mut self, event: &Event, Place { seq, at }: Place) {
        match event {
            Event::TurnTaken { turn, author, body, .. } => self.digest.turns.push(DigestTurn {
                turn: *turn,
                seq,
                at,
                author: Some(*author),
                prompt: line(&body.text),
                outcome: None,
            }),
            Event::TurnEnded { turn, outcome, .. } => {
                self.turn(*turn, (seq, at)).outcome = Some(brief(outcome))
            }
            _ => {}
        }
    }

    fn turn(&mut self, turn: TurnId, (seq, at): (u64, Timestamp)) -> &mut DigestTurn {
        let turns = &mut self.digest.turns;
        let position = turns.iter().rposition(|known| known.turn == turn).unwrap_or_else(|| {
            let prompt = String::new();
            turns.push(DigestTurn { turn, seq, at, author: None, prompt, outcome: None });
            turns.len() - 1
        });
        &mut turns[position]
    }

    fn ballots(&mut self, event: &Event, place: Place) {
        match event {
            Event::BallotOpened { ballot, plan, .. } => {
                let (ballot, plan) = (*ballot, line(&plan.text));
                self.open(place, Decided::Plan { ballot, plan, votes: Vec::new(), outcome: None });
            }
            Event::VoteCast { ballot, person, choice } => {
                if let Decided::Plan { votes, .. } = self.card(CardId::Ballot(*ballot), place) {
                    vote(votes, *person, choice);
                }
            }
            Event::BallotClosed { ballot, outcome: closed } => {
                if let Decided::Plan { outcome, .. } = self.card(CardId::Ballot(*ballot), place) {
                    *outcome = Some(closed.clone());
                }
            }
            _ => {}
        }
    }

    fn questions(&mut self, event: &Event, place: Place) {
        match event {
            Event::QuestionAsked { question, asked, .. } => {
                let (question, text) = (*question, line(&asked.text));
                self.open(place, Decided::Question { question, text, answers: None });
            }
            Event::QuestionSettled { question, answers: settled } => {
                if let Decided::Question { answers, .. } = self.card(CardId::Question(*question), place) {
                    *answers = Some(settled.clone());
                }
            }
            _ => {}
        }
    }

    fn permissions(&mut self, event: &Event, place: Place) {
        match event {
            Event::PermissionAsked { permission, request, .. } => {
                let (permission, title) = (*permission, line(&request.title));
                self.open(place, Decided::Permission { permission, title, by: None, answer: None });
            }
            Event::PermissionRefused { permission, request, .. } => {
                let (permission, title) = (*permission, line(&request.title));
                let answer = Some(model::PermissionAnswer::Reject);
                self.open(place, Decided::Permission { permission, title, by: None, answer });
            }
            Event::PermissionAnswered { permission, by: answerer, answer: given } => {
                let card = self.card(CardId::Permission(*permission), place);
                if let Decided::Permission { by, answer, .. } = card {
                    (*by, *answer) = (*answerer, Some(*given));
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, Place { seq, at }: Place, what: Decided) {
        self.digest.decisions.push(DigestDecision { seq, at, what });
    }

    /// One that opened before the digest begins is told without its text.
    fn card(&mut self, card: CardId, Place { seq, at }: Place) -> &mut Decided {
        let known = self.digest.decisions.iter().rposition(|known| id(&known.what) == card);
        let position = known.unwrap_or_else(|| {
            self.digest.decisions.push(DigestDecision { seq, at, what: nameless(card) });
            self.digest.decisions.len() - 1
        });
        &mut self.digest.decisions[position].what
    }

    fn people(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::PersonJoined { person, name, .. } => {
                let known = self.person(*person);
                known.name = Some(name.clone());
                known.came.get_or_insert(at);
                (known.went, known.reason) = (None, None);
            }
            Event::PersonLeft { person, reason } => {
                let known = self.person(*person);
                (known.went, known.reason) = (Some(at), Some(*reason));
            }
            _ => {}
        }
    }

    fn person(&mut self, person: PersonId) -> &mut DigestPerson {
        let people = &mut self.digest.people;
        let position = people.iter().position(|known| known.person == person).unwrap_or_else(|| {
            people.push(DigestPerson { person, name: None, came: None, went: None, reason: None });
            people.len() - 1
        });
        &mut people[position]
    }

    fn file(&mut self, diff: &FileDiff) {
        let fresh = || DigestFile { path: diff.path.clone(), added: 0, removed: 0 };
        let known = self.files.entry(diff.path.clone()).or_insert_with(fresh);
        known.added = known.added.saturating_add(diff.added);
        known.removed = known.removed.saturating_add(diff.removed);
    }
}

fn brief(outcome: &TurnOutcome) -> TurnOutcome {
    match outcome {
        TurnOutcome::Failed { reason, .. } => {
            TurnOutcome::Failed { reason: line(reason), detail: String::new() }
        }
        TurnOutcome::Completed | TurnOutcome::Cancelled | TurnOutcome::Interrupted => outcome.clone(),
    }
}

fn vote(votes: &mut Vec<DigestVote>, person: PersonId, choice: &Choice) {
    match votes.iter_mut().find(|vote| vote.person == person) {
        Some(vote) => vote.choice = choice.clone(),
        None => votes.push(DigestVote { person, choice: choice.clone() }),
    }
}

fn id(what: &Decided) -> CardId {
    match what {
        Decided::Plan { ballot, .. } => CardId::Ballot(*ballot),
        Decided::Question { question, .. } => CardId::Question(*question),
        Decided::Permission { permission, .. } => CardId::Permission(*permission),
    }
}

fn nameless(card: CardId) -> Decided {
    match card {
        CardId::Ballot(ballot) => {
            Decided::Plan { ballot, plan: String::new(), votes: Vec::new(), outcome: None }
        }
        CardId::Question(question) => Decided::Question { question, text: String::new(), answers: None },
        CardId::Permission(permission) => {
            Decided::Permission { permission, title: String::new(), by: None, answer: None }
        }
    }
}

fn keep_newest<T>(all: &mut Vec<T>, limit: usize) -> u32 {
    let surplus = all.len().saturating_sub(limit);
    all.drain(..surplus);
    count(surplus)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The first line that says something.
fn line(text: &str) -> String {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    match first.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", &first[..end]),
        None => first.to_owned(),
    }
}
