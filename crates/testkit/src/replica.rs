//! What a client has seen of a host.

use std::collections::BTreeMap;

use model::{Directory, Event, RoomView, SessionId, StreamId, TerminalId, WorkspaceId};
use wire::{Bye, FilesNews, LoggedEvent, Notification, Shown};

#[derive(Clone, Debug, Default)]
pub struct Replica {
    pub directory: Option<Directory>,
    pub streams: BTreeMap<StreamId, Held>,
    /// What each terminal showed.
    pub screens: BTreeMap<TerminalId, Vec<u8>>,
    /// What was heard of files that are watched.
    pub files: BTreeMap<WorkspaceId, Vec<FilesNews>>,
    pub bye: Option<Bye>,
    /// The socket is closed, with this code.
    pub closed: Option<Option<u16>>,
}

/// One stream.
#[derive(Clone, Debug, Default)]
pub struct Held {
    pub events: Vec<LoggedEvent>,
    pub view: Option<RoomView>,
    /// Seq of the last event.
    pub head: u64,
    pub snapshots: u32,
    /// Deliveries that did not follow what was there (LO2).
    pub holes: u32,
}

impl Replica {
    pub fn session(&self, session: SessionId) -> Option<&Held> {
        self.streams.get(&StreamId::Session(session))
    }

    pub fn view(&self, session: SessionId) -> Option<&RoomView> {
        self.session(session)?.view.as_ref()
    }

    pub fn shows(&self, terminal: TerminalId, words: &str) -> bool {
        let screen = self.screens.get(&terminal);
        screen.is_some_and(|shown| String::from_utf8_lossy(shown).contains(words))
    }

    pub(crate) fn show(&mut self, shown: Shown<'_>) {
        let screen = self.screens.entry(shown.terminal).or_default();
        assert_eq!(shown.at, screen.len() as u64, "TE4: a hole or a double");
        screen.extend_from_slice(shown.bytes);
    }

    pub(crate) fn take(&mut self, notification: &Notification) {
        match notification {
            Notification::Snapshot(snapshot) => {
                let held = self.streams.entry(snapshot.stream).or_default();
                held.events.clone_from(&snapshot.events);
                held.view.clone_from(&snapshot.view);
                held.head = snapshot.cursor.seq;
                held.snapshots += 1;
            }
            Notification::Events { stream, prev, events } => {
                let held = self.streams.entry(*stream).or_default();
                let follows = *prev == held.head;
                held.holes += u32::from(!follows);
                held.head = events.last().map_or(held.head, |event| event.seq);
                held.events.extend(events.iter().cloned());
            }
            Notification::View(shared) => {
                self.streams.entry(shared.stream).or_default().view = Some(shared.view.clone());
            }
            Notification::Directory(directory) => self.directory = Some(directory.clone()),
            Notification::Bye(bye) => self.bye = Some(bye.clone()),
            Notification::Gone { stream } => drop(self.streams.remove(stream)),
            Notification::Files { workspace, news } => self.files.entry(*workspace).or_default().push(*news),
            Notification::Terminal { .. } => {}
            Notification::Welcome(_) | Notification::Signal { .. } | Notification::Head(_) => {}
        }
    }
}

impl Held {
    /// The events of a session's room, as they are.
    pub fn facts(&self) -> impl Iterator<Item = Event> {
        self.events.iter().filter_map(|logged| serde_json::from_value(logged.event.clone()).ok())
    }

    pub fn has(&self, fact: impl Fn(&Event) -> bool) -> bool {
        self.facts().any(|event| fact(&event))
    }
}
