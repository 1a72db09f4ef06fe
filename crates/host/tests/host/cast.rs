//! Fakes below the ports: agents that say what the test says, a git that makes folders of air.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use model::{
    AgentKey, AgentOffers, Budget, Ceiling, InviteId, Memory, NamedAgent, PermissionAnswer, PlanVerdict,
    PromptId, Timestamp, ToolGroup, ToolList, TurnId,
};
use ports::Later;
use ports::agent::*;
use ports::clock::Clock;
use ports::listener::{Bound, InviteText, ListenError, Listener};
use ports::signer::Signer;
use ports::vcs::{FileList, Repository, Vcs, VcsError, Worktree};
use tokio::sync::{Barrier, Mutex as AsyncMutex, OwnedMutexGuard, mpsc};
use tokio::time::Instant;

/// What the host asked of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Model(ModelChoice),
    Prompt(TurnId, String),
    Steer(TurnId, String),
    Cancel(TurnId),
    Permission(String, PermissionAnswer),
    /// With words.
    Refusal(String, String),
    Plan(String, PlanVerdict),
    Question(String, BTreeMap<String, Vec<String>>),
    Stop,
}

/// One started process, in the test's hands.
pub struct Player {
    pub events: AgentEvents,
    pub asked: mpsc::UnboundedReceiver<Asked>,
    pub start: AgentStart,
}

pub struct Agents {
    started: mpsc::UnboundedSender<Player>,
    pub players: AsyncMutex<mpsc::UnboundedReceiver<Player>>,
    pub refuse: Mutex<Option<AgentError>>,
    pub ended: Mutex<Vec<String>>,
    pub carries_reason: Mutex<bool>,
    pub mode: Mutex<Option<String>>,
    pub offers: Mutex<AgentOffers>,
    /// The modes that agents were set to.
    pub modes_set: Arc<Mutex<Vec<String>>>,
    /// The images that agents were given.
    pub images: Arc<Mutex<Vec<AgentImage>>>,
    /// Starts wait while a test holds this.
    gate: Arc<AsyncMutex<()>>,
}

struct Puppet {
    modes: Arc<Mutex<Vec<String>>>,
    images: Arc<Mutex<Vec<AgentImage>>>,
    asked: mpsc::UnboundedSender<Asked>,
    carries_reason: bool,
}

impl Agents {
    pub fn new() -> Self {
        let (started, players) = mpsc::unbounded_channel();
        Self {
            started,
            players: AsyncMutex::new(players),
            refuse: Mutex::default(),
            ended: Mutex::default(),
            carries_reason: Mutex::new(true),
            mode: Mutex::new(Some("default".into())),
            offers: Mutex::default(),
            modes_set: Arc::default(),
            images: Arc::default(),
            gate: Arc::default(),
        }
    }

    /// Until it is dropped, no process becomes ready.
    pub async fn hold_starts(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.gate).lock_owned().await
    }
}

impl AgentBackend for Agents {
    fn start(&self, start: AgentStart, events: AgentEvents) -> Later<'_, Result<AgentStarted, AgentError>> {
        Box::pin(async move {
            drop(self.gate.lock().await);
            if let Some(error) = self.refuse.lock().unwrap().clone() {
                return Err(error);
            }
            let (asked, hears) = mpsc::unbounded_channel();
            let memory = if start.resume.is_some() { Memory::Resumed } else { Memory::New };
            let ready = AgentReady {
                name: "Puppet".into(),
                version: "1".into(),
                memory,
                conversation: Some("talk-1".into()),
                offers: self.offers.lock().unwrap().clone(),
                login: model::Login::Unknown,
                mode: self.mode.lock().unwrap().clone(),
                left_out: vec![],
                process: "7:7".into(),
            };
            self.started.send(Player { events, asked: hears, start }).unwrap();
            let carries_reason = *self.carries_reason.lock().unwrap();
            Ok(AgentStarted {
                ready,
                agent: Box::new(Puppet {
                    modes: self.modes_set.clone(),
                    images: self.images.clone(),
                    asked,
                    carries_reason,
                }),
            })
        })
    }

    fn end_leftover(&self, process: String) -> Later<'_, ()> {
        self.ended.lock().unwrap().push(process);
        Box::pin(async {})
    }
}

impl Puppet {
    fn ask<T: Send + 'static>(&self, asked: Asked, answer: T) -> Later<'_, Result<T, AgentError>> {
        let sent = self.asked.send(asked).map_err(|_| AgentError::Gone);
        Box::pin(async move { sent.map(|()| answer) })
    }
}

impl Agent for Puppet {
    fn set_mode(&self, mode: String) -> Later<'_, Result<(), AgentError>> {
        self.modes.lock().unwrap().push(mode);
        Box::pin(async { Ok(()) })
    }

    fn set_model(&self, choice: ModelChoice) -> Later<'_, Result<(), AgentError>> {
        if choice == ModelChoice::default() {
            return Box::pin(async { Ok(()) });
        }
        self.ask(Asked::Model(choice), ())
    }

    fn prompt(&self, turn: TurnId, prompt: AgentPrompt) -> Later<'_, Result<(), AgentError>> {
        self.images.lock().unwrap().extend(prompt.images);
        self.ask(Asked::Prompt(turn, prompt.text), ())
    }

    fn steer(&self, turn: TurnId, _: PromptId, words: AgentPrompt) -> Later<'_, Result<(), AgentError>> {
        self.ask(Asked::Steer(turn, words.text), ())
    }

    fn cancel(&self, turn: TurnId) -> Later<'_, Result<(), AgentError>> {
        self.ask(Asked::Cancel(turn), ())
    }

    fn answer_permission(
        &self,
        key: RequestKey,
        answer: PermissionAnswer,
    ) -> Later<'_, Result<(), AgentError>> {
        self.ask(Asked::Permission(key.0, answer), ())
    }

    fn refuse_permission(&self, key: RequestKey, words: String) -> Later<'_, Result<(), AgentError>> {
        self.ask(Asked::Refusal(key.0, words), ())
    }

    fn answer_plan(
        &self,
        key: RequestKey,
        verdict: PlanVerdict,
    ) -> Later<'_, Result<ReasonCarried, AgentError>> {
        let carried = if self.carries_reason { ReasonCarried::Yes } else { ReasonCarried::No };
        self.ask(Asked::Plan(key.0, verdict), carried)
    }

    fn answer_question(
        &self,
        key: RequestKey,
        answers: BTreeMap<String, Vec<String>>,
    ) -> Later<'_, Result<(), AgentError>> {
        self.ask(Asked::Question(key.0, answers), ())
    }

    fn stop(&self) -> Later<'_, ()> {
        // A player the test has let go of needs no stop.
        self.asked.send(Asked::Stop).ok();
        Box::pin(async {})
    }

    fn stderr_tail(&self) -> String {
        String::new()
    }

    fn veiled(&self, text: &str) -> String {
        text.replace("/home/ada", "~")
    }
}

/// Goes with the runtime's time, which a test may pause.
pub struct TestClock;

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        static START: OnceLock<Instant> = OnceLock::new();
        let since = START.get_or_init(Instant::now).elapsed();
        Timestamp(1_700_000_000_000 + u64::try_from(since.as_millis()).unwrap())
    }
}

/// Of what the one repository brings.
pub const BROUGHT: &str = "0a1b2c3d";
/// In which agents get their token of the toolbox.
pub const TOKEN: &str = "TOKEN";

/// Knows one agent that can be limited, and remembers what it said of itself.
#[derive(Default)]
pub struct Catalog {
    checked: Mutex<BTreeMap<AgentKey, Checked>>,
    adopted: Mutex<BTreeMap<AgentKey, NamedAgent>>,
}

impl AgentCatalog for Catalog {
    fn entries(&self) -> Vec<CatalogEntry> {
        let agent = AgentKey("puppet".to_owned());
        let puppet = CatalogEntry {
            name: "Puppet".to_owned(),
            found: true,
            hint: None,
            rehearsal: false,
            ceilings: self.modes(&agent, Path::new("/")),
            program: Some("/bin/true".to_owned()),
            source: Some("PATH".to_owned()),
            install: Some("make puppet".to_owned()),
            key: None,
            named: None,
            agent,
        };
        let adopted = self.adopted.lock().unwrap();
        let brought = adopted.iter().map(|(agent, named)| CatalogEntry {
            agent: agent.clone(),
            name: named.name.clone(),
            named: Some(named.clone()),
            ..puppet.clone()
        });
        brought.chain([puppet.clone()]).collect()
    }

    fn brief(&self, agent: &AgentKey) -> Option<Brief> {
        let model = ModelChoice { model: Some("big".to_owned()), effort: None };
        let (name, prompt) = ("Reviewer".to_owned(), "You review.".to_owned());
        let tools = Some(ToolList([ToolGroup::Read, ToolGroup::Command].into()));
        let budget = Some(Budget { tokens: Some(25), cost_micros: None });
        match agent.0.as_str() {
            "reviewer" => Some(Brief { name, prompt, model, ..Brief::default() }),
            "looker" => Some(Brief { name: "Looker".to_owned(), tools, ..Brief::default() }),
            "miser" => Some(Brief { name: "Miser".to_owned(), budget, ..Brief::default() }),
            _ => None,
        }
    }

    fn brought(&self, repository: &Path) -> Option<Brought> {
        let named = NamedAgent {
            name: "Reviewer".to_owned(),
            base: AgentKey("puppet".to_owned()),
            prompt: "You review.".to_owned(),
            model: None,
            mode: None,
            effort: None,
            tools: None,
            budget: None,
        };
        let agents = Ok([("reviewer".to_owned(), named)].into());
        (repository == Path::new("/repositories/ledger"))
            .then_some(Brought { hash: BROUGHT.to_owned(), agents })
    }

    fn adopt(&self, agents: BTreeMap<AgentKey, NamedAgent>) {
        *self.adopted.lock().unwrap() = agents;
    }

    fn checked(&self, agent: &AgentKey) -> Option<Checked> {
        self.checked.lock().unwrap().get(agent).cloned()
    }

    fn keep_check(&self, agent: &AgentKey, checked: Checked) {
        self.checked.lock().unwrap().insert(agent.clone(), checked);
    }

    fn modes(&self, agent: &AgentKey, _worktree: &std::path::Path) -> BTreeMap<String, Ceiling> {
        let known = [("default", Ceiling::Ask), ("acceptEdits", Ceiling::AcceptEdits)];
        let known = known.map(|(mode, most)| (mode.to_owned(), most));
        if ["puppet", "looker", "miser"].contains(&agent.0.as_str()) { known.into() } else { BTreeMap::new() }
    }

    fn has_gates(&self, _agent: &AgentKey) -> bool {
        false
    }

    fn toolbox(&self, _agent: &AgentKey) -> Option<Toolbox> {
        let (program, args, env) = ("/bin/true".to_owned(), vec![], BTreeMap::new());
        let reach = ServerReach::Program { program, args, env };
        Some(Toolbox { server: ToolServer { name: "conclave".to_owned(), reach }, token_in: TOKEN })
    }

    fn find(&self, _agent: &AgentKey) -> Result<AgentProgram, AgentError> {
        Ok(AgentProgram {
            kind: AgentKind::Acp,
            program: "/bin/true".into(),
            args: vec![],
            env: BTreeMap::new(),
            terms: Default::default(),
        })
    }
}

/// Remembers what it made and took back.
#[derive(Default)]
pub struct Git {
    pub made: Mutex<Vec<PathBuf>>,
    pub undone: Mutex<Vec<PathBuf>>,
    /// Whoever makes a worktree waits here for the others.
    pub meeting: Mutex<Option<Arc<Barrier>>>,
    pub files: Mutex<Vec<String>>,
}

impl Vcs for Git {
    fn inspect(&self, path: &Path) -> Later<'_, Result<Repository, VcsError>> {
        let path = path.to_owned();
        Box::pin(async move {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let name = name.ok_or(VcsError::NotARepository { path: path.clone() })?;
            Ok(Repository { root: path, name })
        })
    }

    fn create_worktree(
        &self,
        _repository: &Path,
        parent: &Path,
        name: &str,
    ) -> Later<'_, Result<Worktree, VcsError>> {
        let worktree = Worktree {
            path: parent.join("tree"),
            branch: format!("conclave/{name}"),
            base: "0".repeat(40),
            base_branch: None,
        };
        self.made.lock().unwrap().push(worktree.path.clone());
        let meeting = self.meeting.lock().unwrap().clone();
        Box::pin(async move {
            if let Some(meeting) = meeting {
                meeting.wait().await;
            }
            Ok(worktree)
        })
    }

    fn undo_worktree(&self, _repository: &Path, made: Worktree) -> Later<'_, ()> {
        self.undone.lock().unwrap().push(made.path);
        Box::pin(async {})
    }

    fn undo_sample(&self, path: &Path) -> Later<'_, ()> {
        self.undone.lock().unwrap().push(path.to_owned());
        Box::pin(async {})
    }

    fn read_file(&self, _: PathBuf, path: String) -> Later<'_, Result<String, VcsError>> {
        Box::pin(async move { Ok(format!("what is in {path}")) })
    }

    fn list_files(&self, _: &Path) -> Later<'_, Result<FileList, VcsError>> {
        let paths = self.files.lock().unwrap().clone();
        Box::pin(async { Ok(FileList { paths, cut: false }) })
    }

    fn create_sample(&self, path: &Path) -> Later<'_, Result<Repository, VcsError>> {
        let root: PathBuf = path.to_owned();
        Box::pin(async move { Ok(Repository { root, name: "greeter".into() }) })
    }
}

/// Signs by a digest, which anybody can make; the real one is tested with its crate.
pub struct Key;

impl Signer for Key {
    fn public_key(&self) -> Vec<u8> {
        vec![1, 2, 3]
    }

    fn sign(&self, text: &[u8]) -> Option<Vec<u8>> {
        Some(ports::chain::digest(text).to_vec())
    }

    fn secret(&self, of: &str) -> [u8; 32] {
        ports::chain::digest(of.as_bytes())
    }
}

#[derive(Default)]
pub struct Port {
    pub open: Mutex<bool>,
    /// The port there is when the wanted one is not.
    pub taken: Mutex<Option<u16>>,
    pub asked: Mutex<Vec<Option<u16>>>,
}

impl Port {
    /// Waits until nobody listens.
    pub async fn closed(&self) {
        while *self.open.lock().unwrap() {
            tokio::task::yield_now().await;
        }
    }
}

impl Listener for Port {
    fn open(&self, port: Option<u16>) -> Later<'_, Result<Bound, ListenError>> {
        *self.open.lock().unwrap() = true;
        self.asked.lock().unwrap().push(port);
        let other = *self.taken.lock().unwrap();
        let bound = Bound {
            port: other.or(port).unwrap_or(7443),
            addresses: vec!["127.0.0.1".into()],
            fingerprint: "print".into(),
        };
        Box::pin(async move { Ok(bound) })
    }

    fn close(&self) -> Later<'_, ()> {
        *self.open.lock().unwrap() = false;
        Box::pin(async {})
    }

    fn refusals(&self) -> model::Refusals {
        model::Refusals { failed: 7, ..model::Refusals::default() }
    }

    fn owner_page(&self) -> Option<String> {
        Some("http://127.0.0.1:1".into())
    }

    fn invite(&self, _bound: &Bound, invite: InviteId, secret: &str) -> InviteText {
        InviteText { code: format!("{invite} {secret}"), link: String::new() }
    }
}
