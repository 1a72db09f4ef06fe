//! Agents under names of their own: what they may use, and what they may take.

use model::*;
use ports::agent::{AgentEvent, PermissionText, RequestKey};
use wire::*;

use crate::cast::{Asked, BROUGHT};
use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

fn asks_for(kind: ToolKind, tool: &str) -> AgentEvent {
    let asked = PermissionText {
        item: None,
        tool: tool.into(),
        kind,
        title: format!("{tool} something"),
        command: None,
        directory: ".".into(),
        diffs: vec![],
        expires_at: None,
    };
    AgentEvent::Permission { key: RequestKey(tool.into()), asked }
}

fn ended(event: &Event) -> Option<TurnOutcome> {
    match event {
        Event::TurnEnded { outcome, .. } => Some(outcome.clone()),
        _ => None,
    }
}

impl Stage {
    async fn set_to(&mut self, choice: AgentChoice) {
        let session = self.session;
        self.owner.call(Request::ChooseAgent { command: command(), session, choice }).await.unwrap();
    }
}

async fn fails(owner: &mut Client, why: &str) {
    let failed = |event: &Event| match ended(event) {
        Some(TurnOutcome::Failed { reason, .. }) => reason.contains(why).then_some(()),
        _ => None,
    };
    owner.event(why, failed).await;
}

#[tokio::test]
async fn ag11_what_is_not_among_its_tools_is_refused_by_the_host_and_said() {
    let mut stage = Stage::set().await;
    stage.set_to(AgentChoice { mode: Some("default".into()), ..AgentChoice::of("looker") }).await;
    let prompt = stage.prompt("go", Delivery::Now);
    stage.owner.call(prompt).await.unwrap();
    let mut player = stage.player().await;
    let turn = player.prompted().await;
    for (kind, tool) in [(ToolKind::Edit, "edit"), (ToolKind::Other, "notes: add")] {
        player.does(asks_for(kind, tool)).await;
        let Some(Asked::Refusal(key, words)) = player.asked.recv().await else {
            panic!("a refusal of {tool}")
        };
        assert!(key == tool && words.contains("not among your tools"), "{key} {words}");
    }
    let said = |event: &Event| match event {
        Event::PermissionRefused { refusal, .. } => Some(*refusal),
        _ => None,
    };
    let refused = stage.owner.event("the refusal", said).await;
    assert_eq!(refused, Refusal::NotItsTool(ToolGroup::Edit));
    // What is on the list, and what it says to people, waits for them as ever.
    for (open, kind, tool) in [(1, ToolKind::Execute, "bash"), (2, ToolKind::Other, "conclave: ask_people")] {
        player.does(asks_for(kind, tool)).await;
        let is_open = |view: &RoomView| view.permissions.len() == open;
        stage.owner.until(tool, |owner| owner.view.as_ref().is_some_and(is_open)).await;
    }
    player.ends(turn).await;
    stage.owner.event("the end", ended).await;
}

#[tokio::test]
async fn ag11_a_mode_that_does_unasked_what_is_not_on_the_list_starts_no_turn() {
    let mut stage = Stage::set().await;
    stage.set_to(AgentChoice { mode: Some("acceptEdits".into()), ..AgentChoice::of("looker") }).await;
    let prompt = stage.prompt("go", Delivery::Now);
    stage.owner.call(prompt).await.unwrap();
    let mut player = stage.player().await;
    fails(&mut stage.owner, "may do unasked what is not on its list of tools").await;
    assert!(player.asked.try_recv().is_err(), "no byte of the prompt reached it");
}

#[tokio::test]
async fn ag11_what_one_session_of_it_may_take_stops_new_turns_of_anybody() {
    let mut stage = Stage::set().await;
    stage.set_to(AgentChoice::of("miser")).await;
    let prompt = stage.prompt("go", Delivery::Now);
    stage.owner.call(prompt).await.unwrap();
    let mut player = stage.player().await;
    let turn = player.prompted().await;
    let waiting = stage.prompt("and then", Delivery::Queue);
    stage.owner.call(waiting).await.unwrap();
    player.does(AgentEvent::Usage(Usage { input_tokens: 20, output_tokens: 5, ..Usage::default() })).await;
    player.ends(turn).await;
    fails(&mut stage.owner, "miser has used up what one session of it may take (25 tokens)").await;
    let prompt = stage.prompt("once more", Delivery::Now);
    let refused = stage.owner.call(prompt).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::BudgetSpent);
    assert!(refused.message.starts_with("miser has used up"), "{refused}");
    stage.set_to(AgentChoice::of("puppet")).await;
    let prompt = stage.prompt("with another", Delivery::Now);
    stage.owner.call(prompt).await.unwrap();
    stage.player().await.prompted().await;
}

impl Stage {
    async fn bringing(&mut self) -> RepositoryId {
        let Ok(Reply::RepositoryAgents { repositories }) = self.owner.call(Request::RepositoryAgents).await
        else {
            panic!("what repositories bring")
        };
        let [row] = &repositories[..] else { panic!("{repositories:?}") };
        assert_eq!(row.found.as_ref().unwrap().hash, BROUGHT);
        row.repository
    }

    async fn trust(&mut self) -> AgentKey {
        let repository = self.bringing().await;
        let hash = BROUGHT.to_owned();
        let wish = Request::TrustRepositoryAgents { command: command(), repository, hash };
        self.owner.call(wish).await.unwrap();
        brought(&mut self.owner).await.unwrap().agent
    }

    async fn open_with(&mut self, workspace: WorkspaceId, agent: &AgentKey) -> Result<Reply, Failure> {
        let choice = AgentChoice::of(&agent.0);
        self.owner.call(Request::OpenSession { command: command(), workspace, choice, title: None }).await
    }
}

async fn brought(client: &mut Client) -> Option<AgentRow> {
    let Ok(Reply::Agents { agents }) = client.call(Request::Agents).await else { panic!("agents") };
    agents.into_iter().find(|row| row.name == "Reviewer")
}

#[tokio::test]
async fn ag12_what_a_repository_brings_counts_when_its_owner_has_trusted_just_that() {
    let mut stage = Stage::set().await;
    assert_eq!(brought(&mut stage.owner).await, None);
    let (repository, session) = (stage.bringing().await, stage.session);
    let hash = "another".to_owned();
    let wish = Request::TrustRepositoryAgents { command: command(), repository, hash };
    let refused = stage.owner.call(wish).await.unwrap_err();
    assert_eq!((refused.code, refused.retry), (FailureCode::AgentsChanged, Retry::AfterChange));
    let agent = stage.trust().await;
    assert!(agent.0.starts_with("reviewer@"), "{agent}");
    stage.set_to(AgentChoice::of(&agent.0)).await;
    stage.restart().await;
    stage.owner.follow(session).await;
    assert_eq!(brought(&mut stage.owner).await.unwrap().repository, Some(repository), "kept over a restart");
    let prompt = stage.prompt("go", Delivery::Now);
    stage.owner.call(prompt).await.unwrap();
    let mut player = stage.player().await;
    let turn = player.prompted().await;
    player.ends(turn).await;
    stage.owner.event("the end", ended).await;

    let forget = Request::ForgetRepositoryAgents { command: command(), repository };
    stage.owner.call(forget).await.unwrap();
    assert_eq!(brought(&mut stage.owner).await, None);
    let prompt = stage.prompt("again", Delivery::Now);
    stage.owner.call(prompt).await.unwrap();
    fails(&mut stage.owner, "has not been trusted").await;
    assert!(player.asked.try_recv().is_err(), "also where its process is still warm");
}

#[tokio::test]
async fn ag12_it_is_for_its_own_repository_and_follows_its_base() {
    let mut stage = Stage::set().await;
    let agent = stage.trust().await;
    let path = "/repositories/other".to_owned();
    let add = Request::AddRepository { command: command(), path };
    let Ok(Reply::Repository { repository }) = stage.owner.call(add).await else { panic!("a repository") };
    let made = Request::CreateWorkspace { command: command(), repository, name: "x".into() };
    let Ok(Reply::Workspace { workspace }) = stage.owner.call(made).await else { panic!("a workspace") };
    assert_eq!(stage.open_with(workspace, &agent).await.unwrap_err().code, FailureCode::AgentMissing);
    assert!(stage.open_with(stage.workspace, &agent).await.is_ok());

    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    assert!(brought(&mut bea).await.is_some(), "whoever is in its repository sees it");
    let wish = ShareWish::of(vec![workspace], Preset::Collaborator);
    let minted = stage.owner.call(Request::MintShare { command: command(), terms: wish }).await;
    let Ok(Reply::Minted { invite, .. }) = minted else { panic!("a share") };
    let mut cai = stage.knock("Cai", &invite.code, "Cai").await.unwrap();
    stage.let_in("Cai").await;
    cai.until("the welcome", |cai| cai.welcome.is_some()).await;
    assert_eq!(brought(&mut cai).await, None, "others learn nothing of it");

    let off =
        Request::SetAgentEnabled { command: command(), agent: AgentKey("puppet".into()), enabled: false };
    stage.owner.call(off).await.unwrap();
    assert!(!brought(&mut stage.owner).await.unwrap().enabled);
    let refused = stage.open_with(stage.workspace, &agent).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::AgentDisabled);
}
