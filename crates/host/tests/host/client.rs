//! A client that keeps its view of the world and asserts on it, as sshx's tests do.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use host::{Connection, Host, Outgoing, Via};
use model::{CommandId, Directory, Event, RoomView, SessionId, StreamId, TerminalId};
use tokio::time::timeout;
use uuid::Uuid;
use wire::*;

/// Longer than anything takes; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Client {
    pipe: Connection,
    next_id: u64,
    /// Events of all sessions this client follows, in order, each once.
    pub events: Vec<(u64, Event)>,
    pub head: u64,
    pub hash: String,
    pub epoch: Option<model::EpochId>,
    pub view: Option<RoomView>,
    pub snapshots: Vec<Snapshot>,
    pub signals: Vec<Signal>,
    pub heads: Vec<SignedHead>,
    /// What each terminal showed.
    pub screens: BTreeMap<TerminalId, Vec<u8>>,
    pub news: Vec<(TerminalId, TerminalNews)>,
    pub gone: Option<StreamId>,
    pub directory: Option<Directory>,
    pub welcome: Option<Welcome>,
    pub bye: Option<Bye>,
    pub closed: Option<CloseCode>,
    replies: VecDeque<(u64, Result<Reply, Failure>)>,
}

impl Client {
    pub fn new(host: &Host, via: Via) -> Self {
        Self {
            pipe: host.connect(via),
            next_id: 0,
            events: vec![],
            head: 0,
            hash: String::new(),
            epoch: None,
            view: None,
            snapshots: vec![],
            signals: vec![],
            heads: vec![],
            screens: BTreeMap::new(),
            news: vec![],
            gone: None,
            directory: None,
            welcome: None,
            bye: None,
            closed: None,
            replies: VecDeque::new(),
        }
    }

    pub async fn owner(host: &Host) -> Self {
        let mut client = Self::new(host, Via::Window);
        client.hello(Auth::Local { token: String::new() }).await.unwrap();
        client
    }

    pub async fn hello(&mut self, auth: Auth) -> Result<Reply, Failure> {
        let reply = self.call(Request::Hello(Hello { auth, client: "test".into() })).await?;
        if let Reply::Welcome(welcome) = &reply {
            self.welcome = Some(welcome.clone());
        }
        Ok(reply)
    }

    /// The host counts it among those it knows (PA6).
    pub fn is_proven(&self) -> bool {
        *self.pipe.authenticated().borrow()
    }

    pub async fn raw(&self, text: &str) {
        self.pipe.send(text.to_owned()).await;
    }

    pub async fn type_into(&self, terminal: TerminalId, keys: &str) {
        let typed = Typed { terminal, bytes: keys.as_bytes() };
        self.pipe.send(ports::frame::Frame::Bytes(typed.encode())).await;
    }

    pub async fn send(&mut self, request: Request) -> u64 {
        self.next_id += 1;
        self.pipe.send(wire::encode_request(self.next_id, &request)).await;
        self.next_id
    }

    pub async fn call(&mut self, request: Request) -> Result<Reply, Failure> {
        let id = self.send(request).await;
        self.reply(id).await
    }

    pub async fn reply(&mut self, id: u64) -> Result<Reply, Failure> {
        loop {
            if let Some(at) = self.replies.iter().position(|(of, _)| *of == id) {
                return self.replies.remove(at).unwrap().1;
            }
            self.step("a reply").await;
        }
    }

    pub async fn follow(&mut self, session: SessionId) {
        self.call(Request::Subscribe { stream: StreamId::Session(session), cursor: None }).await.unwrap();
        self.until("a snapshot", |client| !client.snapshots.is_empty()).await;
    }

    pub async fn until(&mut self, what: &str, met: impl Fn(&Self) -> bool) {
        while !met(self) {
            self.step(what).await;
        }
    }

    /// Waits for an event that `wanted` picks, seen already or to come.
    pub async fn event<T>(&mut self, what: &str, wanted: impl Fn(&Event) -> Option<T>) -> T {
        loop {
            if let Some(found) = self.events.iter().find_map(|(_, event)| wanted(event)) {
                return found;
            }
            self.step(what).await;
        }
    }

    pub fn cursor(&self) -> Option<Cursor> {
        Some(Cursor { epoch: self.epoch?, seq: self.head, hash: self.hash.clone() })
    }

    async fn step(&mut self, what: &str) {
        let next = timeout(PATIENCE, self.pipe.next()).await;
        match next.unwrap_or_else(|_| panic!("waited in vain for {what}")) {
            Some(Outgoing::Frame(text)) => self.take(&text),
            Some(Outgoing::Bytes(frame)) => self.show(&frame),
            Some(Outgoing::Close(code)) => self.closed = Some(code),
            None => panic!("the host let go while waiting for {what}; bye: {:?}", self.bye),
        }
    }

    fn show(&mut self, frame: &[u8]) {
        let shown = Shown::decode(frame).expect("a frame of a terminal");
        let screen = self.screens.entry(shown.terminal).or_default();
        assert_eq!(shown.at, screen.len() as u64, "TE4: a hole or a double");
        screen.extend_from_slice(shown.bytes);
    }

    fn take(&mut self, text: &str) {
        match wire::decode_host(text).unwrap_or_else(|error| panic!("{error}: {text}")) {
            HostFrame::Reply { id, reply } => self.replies.push_back((id, Ok(*reply))),
            HostFrame::Failed { id, failure } => self.replies.push_back((id.unwrap_or(0), Err(failure))),
            HostFrame::Notification(notification) => self.note(*notification),
        }
    }

    fn note(&mut self, notification: Notification) {
        match notification {
            Notification::Welcome(welcome) => self.welcome = Some(welcome),
            Notification::Snapshot(snapshot) => {
                self.events = snapshot.events.iter().map(parse).collect();
                self.head = snapshot.cursor.seq;
                self.hash = snapshot.cursor.hash.clone();
                self.epoch = Some(snapshot.cursor.epoch);
                self.view = snapshot.view.clone();
                self.snapshots.push(snapshot);
            }
            Notification::Events { prev, events, .. } => {
                assert_eq!(prev, self.head, "LO2: a hole or a double");
                for event in &events {
                    assert_eq!(event.seq, self.head + 1, "LO2: a hole or a double");
                    self.head = event.seq;
                    self.hash = event.hash.clone();
                    self.events.push(parse(event));
                }
            }
            Notification::View(shared) => {
                assert!(shared.seq <= self.head, "a view from the future");
                self.view = Some(shared.view);
            }
            Notification::Signal { signal, .. } => self.signals.push(signal),
            Notification::Head(head) => self.heads.push(head),
            Notification::Gone { stream } => self.gone = Some(stream),
            Notification::Directory(directory) => self.directory = Some(directory),
            Notification::Terminal { terminal, news } => self.news.push((terminal, news)),
            Notification::Files { .. } => {}
            Notification::Bye(bye) => self.bye = Some(bye),
        }
    }
}

fn parse(event: &LoggedEvent) -> (u64, Event) {
    (event.seq, serde_json::from_value(event.event.clone()).unwrap())
}

pub fn command() -> CommandId {
    CommandId(Uuid::new_v4())
}
