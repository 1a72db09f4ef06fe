use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::AbortHandle;
use model::{ConnectionId, SessionId, StreamId, TerminalId, VoidReason, WorkspaceId, limits};
use ports::frame::Frame;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::timeout;
use wire::{
    Auth, Bye, ByeReason, CloseCode, Failure, FailureCode, FrameRefused, Hello, Kind, Notification, Reply,
    Request, TerminalNews, Typed, Welcome,
};

use super::directory_reader::Watcher;
use super::files_reader::FilesReader;
use super::lanes::{Crowded, Lanes};
use super::outbox::Letters;
use super::rate::Bucket;
use super::terminal::Screen;
use super::{pairing, reader};
use crate::authority::{authorize, is_good};
use crate::bell::Bell;
use crate::desk::{Greeting, Standing};
use crate::host::Host;
use crate::lobby::Seat;
use crate::parts::ConnectionLimits;
use crate::principal::{Principal, Via};

type Inbox = mpsc::Receiver<Frame>;

/// Why a connection's task ends.
pub(super) enum End {
    /// The client went away.
    Gone,
    Bye(ByeReason, &'static str, CloseCode),
}

/// The host's end of a pipe.
pub(super) struct Out {
    pub letters: Letters,
    /// Told once, when the client is known.
    pub proof: watch::Sender<bool>,
}

pub(super) async fn run(host: Host, via: Via, mut inbox: Inbox, out: Out) {
    let greeted = greet(&host, via, &mut inbox, &out).await;
    let out = out.letters;
    let end = match greeted {
        Ok(principal) => Served::new(&host, principal, &out).serve(&mut inbox).await,
        Err(end) => end,
    };
    if let End::Bye(reason, message, code) = end {
        let bye = Notification::Bye(Bye { reason, message: message.to_owned() });
        out.frame(wire::encode_notification(&bye)).await;
        out.close(code).await;
    }
}

/// Everything up to a principal: hello in time, a good credential, consent at the door.
async fn greet(host: &Host, via: Via, inbox: &mut Inbox, out: &Out) -> Result<Principal, End> {
    let (id, hello) = next_hello(host, inbox, out).await?;
    let (id, greeting) = match hello.auth {
        begin @ Auth::PairBegin { .. } => pairing::pair(host, via, (id, begin), (inbox, out)).await?,
        _ => (id, host.inner.shared.desk.hello(via, hello).await),
    };
    let Out { letters: out, proof } = out;
    match greeting {
        Ok(Greeting::Welcome(principal, welcome)) => {
            proof.send_replace(true);
            out.frame(wire::encode_reply(id, &Reply::Welcome(*welcome))).await;
            Ok(principal)
        }
        Ok(Greeting::Waiting { knock, credential_hash }) => {
            out.frame(wire::encode_reply(id, &Reply::Waiting { knock })).await;
            let (principal, welcome) = wait_at_the_door(host, via, knock, (&credential_hash, inbox)).await?;
            proof.send_replace(true);
            out.frame(wire::encode_notification(&Notification::Welcome(welcome))).await;
            Ok(principal)
        }
        Err(failure) => {
            out.frame(wire::encode_failure(Some(id), &failure)).await;
            Err(End::Bye(ByeReason::Refused, "This host did not let you in.", CloseCode::NotPaired))
        }
    }
}

/// A hello, or another step of one, in time.
pub(super) async fn next_hello(host: &Host, inbox: &mut Inbox, out: &Out) -> Result<(u64, Hello), End> {
    let patience = Duration::from_millis(host.limits().hello.0);
    let late = End::Bye(ByeReason::HelloLate, "No hello came in time.", CloseCode::HelloLate);
    let frame = timeout(patience, inbox.recv()).await.map_err(|_| late)?.ok_or(End::Gone)?;
    let Frame::Text(frame) = frame else { return Err(bad_frame()) };
    let frame = wire::decode_client(&frame).map_err(|_| bad_frame())?;
    match frame.request {
        Request::Hello(hello) => Ok((frame.id, hello)),
        _ => {
            let failure = Failure::new(FailureCode::HelloFirst, "Say hello first.");
            out.letters.frame(wire::encode_failure(Some(frame.id), &failure)).await;
            Err(End::Bye(ByeReason::Refused, "Say hello first.", CloseCode::NotPaired))
        }
    }
}

pub(super) async fn say(out: &Out, id: u64, reply: &Reply) {
    out.letters.frame(wire::encode_reply(id, reply)).await;
}

async fn wait_at_the_door(
    host: &Host,
    via: Via,
    knock: model::KnockId,
    (credential_hash, inbox): (&str, &mut Inbox),
) -> Result<(Principal, Welcome), End> {
    let mut bell = host.globe().bell();
    let desk = &host.inner.shared.desk;
    loop {
        match desk.standing(via, knock, credential_hash).await {
            Standing::In(principal, welcome) => return Ok((principal, *welcome)),
            Standing::Waiting => {}
            Standing::TurnedAway => {
                return Err(End::Bye(
                    ByeReason::Refused,
                    "The owner did not let you in.",
                    CloseCode::Revoked,
                ));
            }
        }
        tokio::select! {
            biased;
            changed = bell.changed() => changed.map_err(|_| End::Gone)?,
            frame = inbox.recv() => match frame {
                None => return Err(End::Gone),
                Some(_) => return Err(bad_frame()),
            },
            () = host.stopping() => return Err(host_stopping()),
        }
    }
}

/// What follows the answer to a request, and never precedes it.
enum Begun {
    Nothing,
    Reader(StreamId, Box<reader::Follower>),
    Directory(Box<Watcher>),
    Terminal(TerminalId, Box<Screen>),
    Files(WorkspaceId, Box<FilesReader>),
}

/// What ends a connection whatever its client does, and however busy it is.
struct Lease {
    host: Host,
    principal: Principal,
    bell: Bell,
    /// A subscription could not read its log.
    trouble: Arc<Notify>,
}

impl Lease {
    async fn ended(&mut self) -> End {
        loop {
            tokio::select! {
                biased;
                _ = self.bell.changed() => {
                    if let Some(end) = self.let_go() {
                        return end;
                    }
                }
                () = self.host.stopping() => return host_stopping(),
                () = self.trouble.notified() => {
                    let message = "The log could not be read. Nothing was lost; trying again.";
                    return End::Bye(ByeReason::Storage, message, CloseCode::Storage);
                }
            }
        }
    }

    /// SH5: whose device or last share is gone is let go at once, with the reason.
    fn let_go(&self) -> Option<End> {
        let world = self.host.globe().now();
        if is_good(&world, self.principal) {
            return None;
        }
        let member = world.grants.members.get(&self.principal.person);
        let (reason, message) = match member.and_then(|member| member.lost) {
            None => (ByeReason::Revoked, "This device was removed from this host."),
            Some(VoidReason::Kicked) => (ByeReason::Kicked, "The owner has removed you."),
            Some(VoidReason::Revoked) => (ByeReason::Revoked, "The owner has ended this share with you."),
            Some(VoidReason::Expired) => (ByeReason::Expired, "The time of this share is up."),
            Some(VoidReason::Left) => (ByeReason::Left, "You have left."),
        };
        Some(End::Bye(reason, message, CloseCode::Revoked))
    }
}

/// A connection with a principal.
struct Served<'a> {
    host: &'a Host,
    principal: Principal,
    out: &'a Letters,
    connection: ConnectionId,
    _seat: Seat,
    trouble: Arc<Notify>,
    lanes: Lanes,
    /// Rooms this connection is in, or was about to enter.
    rooms: BTreeSet<SessionId>,
    readers: BTreeMap<StreamId, AbortHandle>,
    directory: Option<AbortHandle>,
    /// Terminals it is attached to.
    screens: BTreeMap<TerminalId, AbortHandle>,
    /// Workspaces whose files it watches.
    files: BTreeMap<WorkspaceId, AbortHandle>,
    commands: Bucket,
    signals: Bucket,
    keys: Bucket,
}

impl<'a> Served<'a> {
    fn new(host: &'a Host, principal: Principal, out: &'a Letters) -> Self {
        let ConnectionLimits { rate, signal_bytes, .. } = *host.limits();
        let connection = ConnectionId(host.inner.shared.parts.ids.fresh());
        Self {
            host,
            principal,
            out,
            connection,
            _seat: host.inner.shared.desk.lobby.enter(connection, principal),
            lanes: Lanes::new(host.clone(), principal, out.clone()),
            trouble: Arc::default(),
            rooms: BTreeSet::new(),
            readers: BTreeMap::new(),
            directory: None,
            screens: BTreeMap::new(),
            files: BTreeMap::new(),
            commands: Bucket::new(rate.per_second, rate.burst),
            signals: Bucket::new(signal_bytes, signal_bytes),
            keys: Bucket::new(signal_bytes, signal_bytes),
        }
    }

    async fn serve(mut self, inbox: &mut Inbox) -> End {
        let desk = &self.host.inner.shared.desk;
        desk.see_device(self.principal.device).await;
        let end = self.receive(inbox).await;
        let readers = self.readers.values().chain(&self.directory).chain(self.screens.values());
        for reader in readers.chain(self.files.values()) {
            reader.abort();
        }
        for session in &self.rooms {
            self.host.leave(self.principal, *session, self.connection).await;
        }
        if matches!(end, End::Bye(ByeReason::HostStopping | ByeReason::Left, ..)) {
            self.lanes.finish().await;
        } else {
            desk.see_device(self.principal.device).await;
        }
        end
    }

    async fn receive(&mut self, inbox: &mut Inbox) -> End {
        let mut lease = Lease {
            host: self.host.clone(),
            principal: self.principal,
            bell: self.host.globe().bell(),
            trouble: Arc::clone(&self.trouble),
        };
        // What was lost since hello is seen too.
        lease.bell.mark_changed();
        loop {
            let frame = tokio::select! {
                biased;
                end = lease.ended() => return end,
                frame = inbox.recv() => frame,
            };
            let Some(frame) = frame else { return End::Gone };
            tokio::select! {
                biased;
                end = lease.ended() => return end,
                taken = self.take(frame) => if let Err(end) = taken { return end },
            }
        }
    }

    async fn take(&mut self, frame: Frame) -> Result<(), End> {
        match frame {
            Frame::Text(text) => self.take_text(&text).await,
            Frame::Bytes(bytes) => self.take_keys(&bytes).await,
        }
    }

    /// In the order in which they were typed: nothing is awaited on the way (PA7).
    async fn take_keys(&mut self, frame: &[u8]) -> Result<(), End> {
        let Some(typed) = Typed::decode(frame) else { return Err(bad_frame()) };
        let count = u32::try_from(frame.len()).unwrap_or(u32::MAX);
        let taken = match self.keys.take(count) {
            true => self.host.type_into(self.principal, typed),
            false => Err(too_fast()),
        };
        if let Err(failure) = taken {
            let news = TerminalNews::Refused { failure };
            let refused = Notification::Terminal { terminal: typed.terminal, news };
            self.out.frame(wire::encode_notification(&refused)).await;
        }
        Ok(())
    }

    async fn take_text(&mut self, frame: &str) -> Result<(), End> {
        let (id, request) = match wire::decode_client(frame) {
            Ok(frame) => (frame.id, frame.request),
            Err(FrameRefused::Malformed) => return Err(bad_frame()),
            Err(FrameRefused::Refused { id, failure }) => {
                self.out.frame(wire::encode_failure(Some(id), &failure)).await;
                return Ok(());
            }
        };
        let bytes = u32::try_from(frame.len()).unwrap_or(u32::MAX);
        match request.need().kind {
            Kind::Connection if self.commands.take(1) => self.connect(id, request).await,
            Kind::Query if self.commands.take(1) => self.query(id, request).await,
            Kind::Command(_) if self.commands.take(1) => self.lanes.command(id, request).await,
            Kind::Signal if self.signals.take(bytes) => self.query(id, request).await,
            Kind::Connection | Kind::Query | Kind::Command(_) | Kind::Signal => self.slow_down(id).await,
        }
        Ok(())
    }

    async fn query(&mut self, id: u64, request: Request) {
        if let Err(Crowded) = self.lanes.query(id, request) {
            self.slow_down(id).await;
        }
    }

    async fn slow_down(&self, id: u64) {
        self.out.frame(wire::encode_failure(Some(id), &too_fast())).await;
    }

    async fn connect(&mut self, id: u64, request: Request) {
        let answer = self.subscribe(request).await;
        let frame = match &answer {
            Ok(_) => wire::encode_reply(id, &Reply::Done),
            Err(failure) => wire::encode_failure(Some(id), failure),
        };
        self.out.frame(frame).await;
        match answer {
            Ok(Begun::Reader(stream, follower)) => {
                let reader = self.out.follow(*follower).await;
                self.readers.insert(stream, reader);
            }
            Ok(Begun::Directory(watcher)) => {
                let watcher = self.out.follow(*watcher).await;
                if let Some(old) = self.directory.replace(watcher) {
                    old.abort();
                }
            }
            Ok(Begun::Terminal(terminal, screen)) => {
                let screen = self.out.follow(*screen).await;
                self.screens.insert(terminal, screen);
            }
            Ok(Begun::Files(workspace, reader)) => {
                let reader = self.out.follow(*reader).await;
                self.files.insert(workspace, reader);
            }
            Ok(Begun::Nothing) | Err(_) => {}
        }
    }

    async fn subscribe(&mut self, request: Request) -> Result<Begun, Failure> {
        authorize(&self.host.globe().now(), self.principal, &request.need())?;
        match request {
            Request::Hello(_) => Err(Failure::new(FailureCode::BadParams, "You have said hello already.")),
            Request::WatchDirectory => {
                Ok(Begun::Directory(Box::new(Watcher::new(self.host.clone(), self.principal))))
            }
            Request::Subscribe { stream, cursor } => {
                self.unsubscribe(stream).await;
                self.rooms.extend(session_of(stream));
                let place = reader::Place { principal: self.principal, connection: self.connection, stream };
                let trouble = Arc::clone(&self.trouble);
                let prepared = reader::prepare(self.host.clone(), place, cursor, trouble).await;
                if prepared.is_err() {
                    self.leave(stream).await;
                }
                Ok(Begun::Reader(stream, Box::new(prepared?)))
            }
            Request::Unsubscribe { stream } => {
                self.unsubscribe(stream).await;
                self.leave(stream).await;
                Ok(Begun::Nothing)
            }
            Request::AttachTerminal { workspace, terminal, from } => {
                self.detach(terminal);
                let screen = Screen::of(self.host, self.principal, (workspace, terminal), from)?;
                Ok(Begun::Terminal(terminal, Box::new(screen)))
            }
            Request::DetachTerminal { terminal } => {
                self.detach(terminal);
                Ok(Begun::Nothing)
            }
            Request::WatchFiles { workspace } => {
                self.unwatch(workspace);
                let room = limits::WATCHED.saturating_sub(self.files.len());
                let reader = FilesReader::new(self.host, self.principal, workspace, room);
                Ok(Begun::Files(workspace, Box::new(reader)))
            }
            Request::UnwatchFiles { workspace } => {
                self.unwatch(workspace);
                Ok(Begun::Nothing)
            }
            // `Request::need` has sorted them by kind, exhaustively.
            _ => Err(Failure::new(FailureCode::BadParams, "This request does not belong here.")),
        }
    }

    fn unwatch(&mut self, workspace: WorkspaceId) {
        if let Some(reader) = self.files.remove(&workspace) {
            reader.abort();
        }
    }

    async fn unsubscribe(&mut self, stream: StreamId) {
        if let Some(reader) = self.readers.remove(&stream) {
            reader.abort();
        }
    }

    fn detach(&mut self, terminal: TerminalId) {
        if let Some(screen) = self.screens.remove(&terminal) {
            screen.abort();
        }
    }

    async fn leave(&mut self, stream: StreamId) {
        let Some(session) = session_of(stream) else { return };
        if self.rooms.remove(&session) {
            self.host.leave(self.principal, session, self.connection).await;
        }
    }
}

fn session_of(stream: StreamId) -> Option<SessionId> {
    match stream {
        StreamId::Session(session) => Some(session),
        StreamId::Owner | StreamId::Workspace(_) => None,
    }
}

fn too_fast() -> Failure {
    let message = "Too many requests at once. Nothing was changed; wait a moment and try again.";
    Failure::new(FailureCode::RateLimited, message)
}

fn bad_frame() -> End {
    End::Bye(ByeReason::BadFrame, "That was not a frame of this protocol.", CloseCode::BadFrame)
}

fn host_stopping() -> End {
    End::Bye(ByeReason::HostStopping, "The host is stopping. Your work is kept.", CloseCode::HostStopping)
}
