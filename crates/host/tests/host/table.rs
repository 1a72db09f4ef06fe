//! GR6: every request × every preset × in and out of scope × every standing, with the exact answer.

mod rows;

use host::{Link, Principal};
use model::*;
use wire::*;

use self::rows::{Row, rows};
use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

const PRESETS: [Preset; 5] =
    [Preset::Observer, Preset::Reviewer, Preset::Guest, Preset::Collaborator, Preset::CoHost];

/// `None`: yes.
type Answer = Option<FailureCode>;

/// A guest with a preset, before and after something has happened to them.
struct Asker {
    stage: Stage,
    client: Client,
    principal: Principal,
    share: ShareId,
}

impl Asker {
    async fn with(preset: Preset) -> Self {
        let mut stage = Stage::set().await;
        let client = stage.guest("Bea", preset, Consensus::No).await;
        let Ok(Reply::People { people }) = stage.owner.call(Request::People).await else { panic!("people") };
        let (bea, share) = (&people[0], people[0].shares[0].share);
        let principal =
            Principal { person: bea.person, device: Some(bea.devices[0].device), link: Link::Verified };
        Self { stage, client, principal, share }
    }

    async fn order(&mut self, request: Request) {
        self.stage.owner.call(request).await.unwrap();
    }

    async fn ask(&mut self, request: Request) -> Answer {
        let answer = match request.need().kind {
            Kind::Connection => self.client.call(request).await,
            Kind::Query | Kind::Signal | Kind::Command(_) => {
                self.stage.host.call(self.principal, request).await
            }
        };
        answer.err().map(|failure| failure.code)
    }

    /// As if it had been checked before the loss and came to be decided after it (GR3).
    async fn ask_too_late(&self, request: Request) -> Answer {
        self.stage.host.call(self.principal, request).await.err().map(|failure| failure.code)
    }

    async fn is_let_go(&mut self) {
        self.client.until("the close", |client| client.closed.is_some()).await;
    }
}

/// What the room itself needs, beyond what the request needs to be looked at.
fn room_needs(request: &Request) -> Option<&'static [Right]> {
    match request {
        Request::Prompt { .. }
        | Request::WithdrawPrompt { .. }
        | Request::EditSuggestion { .. }
        | Request::DropSuggestion { .. } => Some(&[Right::Steer, Right::Suggest]),
        Request::StopTurn { .. } => Some(&[Right::Steer, Right::Approve]),
        Request::Answer { .. } => Some(&[Right::Vote, Right::Approve, Right::Steer]),
        Request::AnswerPermission { .. } => Some(&[Right::Approve]),
        _ => None,
    }
}

fn may(request: &Request, rights: &Rights) -> bool {
    let need = request.need();
    match need.scope {
        Scope::Connection => true,
        Scope::Host => false,
        Scope::Workspace(_) | Scope::Session(_) => {
            // No preset brings a right to terminals; `terminals.rs` walks those.
            let asked = rights.has(need.right) && need.terminal == TerminalRight::None;
            asked && room_needs(request).is_none_or(|any| any.iter().any(|right| rights.has(*right)))
        }
    }
}

fn inside(row: &Row, rights: &Rights) -> Answer {
    if may(&row.request, rights) { row.answer } else { Some(FailureCode::Forbidden) }
}

fn muted(row: &Row, rights: &Rights) -> Answer {
    let need = row.request.need();
    let acts = matches!(need.kind, Kind::Command(_) | Kind::Signal);
    match (may(&row.request, rights), need.scope) {
        (true, Scope::Workspace(_) | Scope::Session(_)) if acts => Some(FailureCode::Muted),
        (true, _) => row.answer,
        (false, _) => Some(FailureCode::Forbidden),
    }
}

fn outside(row: &Row) -> Answer {
    match row.request.need().scope {
        Scope::Connection => row.answer,
        Scope::Host => Some(FailureCode::Forbidden),
        Scope::Workspace(_) | Scope::Session(_) => Some(FailureCode::NotFound),
    }
}

fn gone(row: &Row) -> Answer {
    match row.request.need().scope {
        Scope::Connection => Some(FailureCode::NotPaired),
        Scope::Host => Some(FailureCode::Forbidden),
        Scope::Workspace(_) | Scope::Session(_) => Some(FailureCode::NotFound),
    }
}

#[test]
fn gr6_every_request_has_its_row() {
    let all = rows(SessionId(rows::unknown()), WorkspaceId(rows::unknown()));
    let method =
        |row: &Row| serde_json::to_value(&row.request).unwrap()["method"].as_str().unwrap().to_owned();
    let tested: Vec<String> = all.iter().map(method).collect();
    // The type itself names its variants when it is asked for one it has not.
    let error = serde_json::from_str::<Request>(r#"{"method":"?","params":{}}"#).unwrap_err().to_string();
    let (_, listed) = error.split_once("expected one of ").unwrap();
    let known: Vec<String> = listed.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    assert!(known.len() > 50 && known.contains(&"stop_host".to_owned()), "{known:?}");
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(sorted(tested), sorted(known));
}

#[tokio::test]
async fn gr6_inside_the_share_the_right_decides() {
    for preset in PRESETS {
        let mut bea = Asker::with(preset).await;
        for row in rows(bea.stage.session, bea.stage.workspace) {
            let answer = bea.ask(row.request.clone()).await;
            assert_eq!(answer, inside(&row, &preset.rights()), "{preset:?} {:?}", row.request);
        }
    }
}

#[tokio::test]
async fn gr6_gr2_outside_the_share_there_is_nothing() {
    for preset in PRESETS {
        let mut bea = Asker::with(preset).await;
        for row in rows(SessionId(rows::unknown()), WorkspaceId(rows::unknown())) {
            let answer = bea.ask(row.request.clone()).await;
            assert_eq!(answer, outside(&row), "{preset:?} {:?}", row.request);
        }
    }
}

#[tokio::test]
async fn gr6_ro3_the_muted_only_watch() {
    for preset in PRESETS {
        let mut bea = Asker::with(preset).await;
        let (share, person) = (bea.share, bea.principal.person);
        bea.order(Request::Mute { command: command(), share, person }).await;
        bea.client.until("the mute", |it| it.view.as_ref().is_some_and(|view| view.you.muted)).await;
        for row in rows(bea.stage.session, bea.stage.workspace) {
            let answer = bea.ask(row.request.clone()).await;
            assert_eq!(answer, muted(&row, &preset.rights()), "{preset:?} {:?}", row.request);
        }
    }
}

#[tokio::test]
async fn gr6_pa11_over_an_unverified_link_nobody_approves() {
    for preset in PRESETS {
        let mut bea = Asker::with(preset).await;
        bea.principal.link = Link::Unverified;
        let mut rights = preset.rights();
        rights.0.remove(&Right::Approve);
        for row in rows(bea.stage.session, bea.stage.workspace) {
            if row.request.need().kind == Kind::Connection {
                continue;
            }
            let answer = bea.ask(row.request.clone()).await;
            assert_eq!(answer, inside(&row, &rights), "{preset:?} {:?}", row.request);
        }
    }
}

#[tokio::test]
async fn gr6_gr3_after_a_loss_nothing_is_answered() {
    for preset in PRESETS {
        for (loss, reason) in [
            (Loss::Kicked, ByeReason::Kicked),
            (Loss::Revoked, ByeReason::Revoked),
            (Loss::Expired, ByeReason::Expired),
            (Loss::DeviceRevoked, ByeReason::Revoked),
        ] {
            let mut bea = Asker::with(preset).await;
            let request = loss.request(&bea);
            bea.order(request).await;
            bea.is_let_go().await;
            assert_eq!(bea.client.bye.as_ref().unwrap().reason, reason, "{loss:?}");
            for row in rows(bea.stage.session, bea.stage.workspace) {
                let answer = bea.ask_too_late(row.request.clone()).await;
                assert_eq!(answer, gone(&row), "{preset:?} {loss:?} {:?}", row.request);
            }
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Loss {
    Kicked,
    Revoked,
    Expired,
    DeviceRevoked,
}

impl Loss {
    fn request(self, bea: &Asker) -> Request {
        let (command, share, person) = (command(), bea.share, bea.principal.person);
        match self {
            Self::Kicked => Request::Kick { command, share, person },
            Self::Revoked => Request::RevokePerson { command, person },
            Self::DeviceRevoked => Request::RevokeDevice { command, device: bea.principal.device.unwrap() },
            Self::Expired => {
                let soon = bea.stage.now() + Span(30);
                let terms = ShareWish::of(vec![bea.stage.workspace], Preset::Observer);
                Request::EditShare { command, share, terms: ShareWish { expires_at: Some(soon), ..terms } }
            }
        }
    }
}
