//! What is made outside the log, and who may read it.

use std::path::PathBuf;
use std::sync::Arc;

use model::*;
use ports::agent::*;
use ports::event_store::StoreError;
use tokio::sync::Barrier;
use wire::*;

use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

impl Stage {
    async fn repository(&mut self) -> RepositoryId {
        let path = "/repositories/ledger".to_owned();
        match self.owner.call(Request::AddRepository { command: command(), path }).await {
            Ok(Reply::Repository { repository }) => repository,
            other => panic!("a repository, not {other:?}"),
        }
    }

    /// From now on everything happens in another workspace.
    async fn move_on(&mut self) {
        let made = create(self.repository().await);
        let Ok(Reply::Workspace { workspace }) = self.owner.call(made).await else { panic!("a workspace") };
        let choice = AgentChoice::of("puppet");
        let opened = Request::OpenSession { command: command(), workspace, choice, title: None };
        let Ok(Reply::Session { session, .. }) = self.owner.call(opened).await else { panic!("a session") };
        (self.workspace, self.session) = (workspace, session);
    }

    fn made(&self) -> Vec<PathBuf> {
        self.git.made.lock().unwrap().clone()
    }

    fn undone(&self) -> Vec<PathBuf> {
        self.git.undone.lock().unwrap().clone()
    }
}

fn create(repository: RepositoryId) -> Request {
    Request::CreateWorkspace { command: command(), repository, name: "other".into() }
}

#[tokio::test]
async fn gr2_a_blob_is_read_only_through_a_session_that_shows_it() {
    let mut stage = Stage::set().await;
    let (player, turn) = stage.running().await;
    let (item, output) = (ItemKey("c".into()), "secret ".repeat(10_000));
    player.does(AgentEvent::ToolStarted { item: item.clone(), call: ToolCallText::default() }).await;
    let status = ToolStatus::Completed;
    player.does(AgentEvent::ToolEnded { item, status, output, diffs: vec![] }).await;
    player.ends(turn).await;
    let blob = |event: &Event| match event {
        Event::ToolEnded { output, .. } => output.blob.clone(),
        _ => None,
    };
    let hash = stage.owner.event("the output", blob).await;
    let private = stage.session;
    stage.move_on().await;
    let mut bea = stage.guest("Bea", Preset::Observer, Consensus::No).await;
    let through = |session| Request::Blob { session, hash: hash.clone() };
    for session in [stage.session, private] {
        assert_eq!(bea.call(through(session)).await.unwrap_err().code, FailureCode::NotFound);
    }
    assert!(matches!(stage.owner.call(through(private)).await, Ok(Reply::Blob { .. })));
}

#[tokio::test]
async fn a_worktree_that_cannot_be_written_down_is_taken_back() {
    let mut stage = Stage::set().await;
    let repository = stage.repository().await;
    stage.store.fail_every(StoreError::Full);
    let refused = stage.owner.call(create(repository)).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Storage);
    assert_eq!(stage.undone(), stage.made()[1..]);
    stage.git.undone.lock().unwrap().clear();
    stage.owner.call(Request::TrySample { command: command() }).await.unwrap_err();
    let sample = PathBuf::from("/nowhere/samples/greeter");
    assert_eq!(stage.undone(), [stage.made()[2].clone(), sample]);
}

#[tokio::test]
async fn lo5_a_workspace_asked_for_twice_at_once_is_made_once() {
    let mut stage = Stage::set().await;
    let wanted = create(stage.repository().await);
    *stage.git.meeting.lock().unwrap() = Some(Arc::new(Barrier::new(2)));
    let mut other = Client::owner(&stage.host).await;
    let (first, second) = (stage.owner.send(wanted.clone()).await, other.send(wanted).await);
    let (first, second) = (stage.owner.reply(first).await.unwrap(), other.reply(second).await.unwrap());
    assert_eq!(first, second);
    let (made, undone) = (stage.made(), stage.undone());
    assert_eq!((made.len(), undone.len()), (3, 1));
    let Reply::Workspace { workspace } = first else { panic!("a workspace, not {first:?}") };
    assert!(!undone[0].to_string_lossy().contains(&workspace.to_string()), "the other one is taken back");
}

#[tokio::test]
async fn lo1_a_worktree_whose_event_may_have_been_written_stays() {
    let mut stage = Stage::set().await;
    let repository = stage.repository().await;
    stage.store.lose_next_answer();
    stage.owner.call(create(repository)).await.unwrap_err();
    assert_eq!((stage.made().len(), stage.undone().len()), (2, 0));
}
