//! What turns took, and where a share's limit stops new ones.

use model::*;
use ports::agent::{AgentEvent, ItemKey, ToolCallText};
use wire::*;

use crate::cast::Player;
use crate::client::{Client, command};
use crate::stage::{Consensus, Stage};

fn took(tokens: u64) -> Usage {
    Usage { input_tokens: tokens - 1, output_tokens: 1, cost_micros: 2 * tokens, ..Usage::default() }
}

async fn usage(client: &mut Client, request: Request) -> (Vec<SessionSpending>, Option<Allowance>) {
    let Ok(Reply::Usage { sessions, allowance, .. }) = client.call(request).await else { panic!("usage") };
    (sessions, allowance)
}

/// One session's turns, and the process that plays them.
#[derive(Default)]
struct Bill {
    player: Option<Player>,
    total: u64,
}

impl Stage {
    /// A turn of this person that takes so much, played by the one process that serves them all.
    async fn turn_of(&mut self, person: &mut Client, bill: &mut Bill, tokens: u64) {
        bill.total += tokens;
        let prompt = self.prompt("go", Delivery::Now);
        person.call(prompt).await.unwrap();
        if bill.player.is_none() {
            bill.player = Some(self.player().await);
        }
        let player = bill.player.as_mut().unwrap();
        let turn = player.prompted().await;
        let (item, kind) = (ItemKey(format!("{turn:?}")), ToolKind::Execute);
        let call = ToolCallText { kind, ..ToolCallText::default() };
        player.does(AgentEvent::ToolStarted { item: item.clone(), call }).await;
        let (output, diffs) = (String::new(), vec![]);
        player.does(AgentEvent::ToolEnded { item, status: ToolStatus::Failed, output, diffs }).await;
        player.does(AgentEvent::Usage(took(tokens))).await;
        player.ends(turn).await;
        let is_billed = |view: &RoomView| view.turn.is_none() && view.usage.tokens() == bill.total;
        person.until("the bill", |it| it.view.as_ref().is_some_and(is_billed)).await;
    }

    /// The owner's, in a workspace that nobody shares.
    async fn turn_elsewhere(&mut self) {
        let mut owner = Client::owner(&self.host).await;
        owner.call(Request::WatchDirectory).await.unwrap();
        owner.until("the directory", |owner| owner.directory.is_some()).await;
        let repository = owner.directory.as_ref().unwrap().repositories[0].repository;
        let name = "private".to_owned();
        let made = owner.call(Request::CreateWorkspace { command: command(), repository, name }).await;
        let Ok(Reply::Workspace { workspace }) = made else { panic!("{made:?}") };
        let choice = AgentChoice::of("puppet");
        let opened = Request::OpenSession { command: command(), workspace, choice, title: None };
        let Ok(Reply::Session { session, .. }) = owner.call(opened).await else { panic!("a session") };
        owner.follow(session).await;
        let shared = std::mem::replace(&mut self.session, session);
        self.turn_of(&mut owner, &mut Bill::default(), 5).await;
        self.session = shared;
    }

    /// Bea, whose share is limited.
    async fn limited(&mut self, budget: Budget) -> Client {
        let bea = self.guest("Bea", Preset::Collaborator, Consensus::No).await;
        let Ok(Reply::Shares { shares }) = self.owner.call(Request::Shares).await else { panic!("shares") };
        self.limit(shares[0].share, Some(budget)).await;
        bea
    }

    async fn limit(&mut self, share: ShareId, budget: Option<Budget>) {
        let terms = ShareWish { budget, ..self.wish(Preset::Collaborator, Consensus::No) };
        self.owner.call(Request::EditShare { command: command(), share, terms }).await.unwrap();
    }
}

#[tokio::test]
async fn ag7_what_turns_took_is_told_by_person_agent_and_tool() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let mut bill = Bill::default();
    stage.turn_of(&mut bea, &mut bill, 10).await;
    stage.turn_of(&mut bea, &mut bill, 20).await;
    let session = stage.session;
    let (rows, allowance) = usage(&mut bea, Request::Usage { session }).await;
    let [row] = &rows[..] else { panic!("{rows:?}") };
    let [spent] = &row.spending.spent[..] else { panic!("{row:?}") };
    assert_eq!((spent.agent.0.as_str(), spent.turns), ("puppet", 2));
    assert_eq!((spent.usage.tokens(), spent.usage.cost_micros), (30, 60));
    assert_eq!(row.spending.tools, [ToolUse { kind: ToolKind::Execute, calls: 2, failed: 2 }]);
    assert_eq!(allowance, None, "nothing limits her");
    assert_eq!(usage(&mut bea, Request::HostUsage).await.0, rows, "of what she may see");
    stage.turn_elsewhere().await;
    assert_eq!(usage(&mut bea, Request::HostUsage).await.0, rows, "and of nothing else");
    stage.restart().await;
    assert_eq!(usage(&mut stage.owner, Request::HostUsage).await.0.len(), 2, "and after a restart");
}

#[tokio::test]
async fn ag7_a_share_that_is_spent_starts_no_new_turn_of_its_guest() {
    let mut stage = Stage::set().await;
    let mut bea = stage.limited(Budget { tokens: Some(25), cost_micros: None }).await;
    let mut bill = Bill::default();
    stage.turn_of(&mut bea, &mut bill, 20).await;
    let (_, left) = usage(&mut bea, Request::Usage { session: stage.session }).await;
    assert_eq!(left.map(|it| (it.budget.tokens, it.taken.tokens())), Some((Some(25), 20)));
    stage.turn_of(&mut bea, &mut bill, 20).await;
    let refused = bea.call(stage.prompt("more", Delivery::Now)).await.unwrap_err();
    assert_eq!((refused.code, refused.retry), (FailureCode::BudgetSpent, Retry::AfterChange));
    assert!(refused.message.contains("is used up (25 tokens). Ask the owner for more"), "{refused}");
    assert!(bea.view.as_ref().unwrap().queue.items.is_empty(), "it leaves no trace");
    let mut owner = Client::owner(&stage.host).await;
    owner.follow(stage.session).await;
    stage.turn_of(&mut owner, &mut bill, 1000).await;
    let Ok(Reply::Shares { shares }) = stage.owner.call(Request::Shares).await else { panic!("shares") };
    stage.limit(shares[0].share, None).await;
    stage.turn_of(&mut bea, &mut bill, 20).await;
}

#[tokio::test]
async fn ag7_what_waits_when_its_author_has_spent_all_is_taken_out_and_the_others_go_on() {
    let mut stage = Stage::set().await;
    let mut bea = stage.limited(Budget { tokens: None, cost_micros: Some(30) }).await;
    bea.call(stage.prompt("go", Delivery::Now)).await.unwrap();
    let mut player = stage.player().await;
    let turn = player.prompted().await;
    bea.call(stage.prompt("more", Delivery::Queue)).await.unwrap();
    let mine = stage.prompt("mine", Delivery::Queue);
    stage.owner.call(mine).await.unwrap();
    player.does(AgentEvent::Usage(took(20))).await;
    player.ends(turn).await;
    let reason = |event: &Event| match event {
        Event::PromptWithdrawn { reason, .. } => Some(*reason),
        _ => None,
    };
    assert_eq!(bea.event("why it went", reason).await, PromptGone::BudgetSpent);
    let next = player.prompted().await;
    let goes_on = |view: &RoomView| view.queue.items.is_empty() && !view.queue.held && view.turn.is_some();
    bea.until("the owner's turn", |bea| bea.view.as_ref().is_some_and(goes_on)).await;
    player.ends(next).await;
}

#[tokio::test]
async fn ag7_what_all_guests_of_a_share_may_spend_counts_also_of_those_who_left_and_of_deleted_sessions() {
    let mut stage = Stage::set().await;
    let mut bea = stage.guest("Bea", Preset::Collaborator, Consensus::No).await;
    let Ok(Reply::Shares { shares }) = stage.owner.call(Request::Shares).await else { panic!("shares") };
    let share = shares[0].share;
    let total = Some(Budget { tokens: Some(20), cost_micros: None });
    let terms = ShareWish { total, ..stage.wish(Preset::Collaborator, Consensus::No) };
    stage.owner.call(Request::EditShare { command: command(), share, terms }).await.unwrap();
    let mut bill = Bill::default();
    stage.turn_of(&mut bea, &mut bill, 20).await;
    let person = bea.view.as_ref().unwrap().you.person;
    stage.owner.call(Request::Kick { command: command(), share, person }).await.unwrap();

    let mint = Request::MintInvite { command: command(), share, uses: None, lifetime: None, consent: None };
    let Ok(Reply::Invited { invite }) = stage.owner.call(mint).await else { panic!("an invite") };
    let mut cai = stage.knock("Cai", &invite.code, "Cai").await.unwrap();
    stage.let_in("Cai").await;
    cai.until("the welcome", |cai| cai.welcome.is_some()).await;
    cai.follow(stage.session).await;
    let refused = cai.call(stage.prompt("more", Delivery::Now)).await.unwrap_err();
    assert!(refused.message.contains("allows all guests of this share together"), "{refused}");
    let delete = Request::DeleteSession { command: command(), session: stage.session };
    stage.owner.call(delete).await.unwrap();
    let (workspace, choice) = (stage.workspace, AgentChoice::of("puppet"));
    let open = Request::OpenSession { command: command(), workspace, choice, title: None };
    let Ok(Reply::Session { session, .. }) = cai.call(open).await else { panic!("a session") };
    stage.session = session;
    let refused = cai.call(stage.prompt("more", Delivery::Now)).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::BudgetSpent, "a deleted session gives nothing back");
    let (_, left) = usage(&mut cai, Request::Usage { session }).await;
    assert_eq!(left.map(|it| (it.taken.tokens(), it.together)), Some((20, true)));
}
