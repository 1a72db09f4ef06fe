use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::{DisplayName, PersonId, TerminalExit, TerminalId, TerminalSize, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::Failure;

/// A terminal, as everybody who may watch it is shown it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TerminalRow {
    pub terminal: TerminalId,
    pub workspace: WorkspaceId,
    /// Whose it is: it ends with their right to it (TE7).
    pub opened_by: PersonId,
    pub name: DisplayName,
    pub opened_at: Timestamp,
    pub size: TerminalSize,
    /// It runs the workspace's set-up script and not a shell (WS23).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub is_setup: bool,
    /// How its shell ended; what it has shown can still be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub exit: Option<TerminalExit>,
}

/// What is told of a terminal beside its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TerminalNews {
    /// First of all, and whenever somebody has changed it.
    Size { size: TerminalSize },
    /// Nothing follows the bytes before it.
    Exited { exit: TerminalExit },
    /// It was closed, or is not for you any more.
    Gone,
    /// What was typed last did not reach it.
    Refused { failure: Failure },
}

/// Bytes that a terminal has shown, from an offset on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    pub terminal: TerminalId,
    /// Of the first of them, from the terminal's first one on. One that is further than what you have means
    /// that what is between is not kept.
    pub at: u64,
    pub bytes: &'a [u8],
}

/// Keys for a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed<'a> {
    pub terminal: TerminalId,
    pub bytes: &'a [u8],
}

const SHOWN: u8 = 1;
const TYPED: u8 = 2;
const ID: usize = 16;
/// What comes before the bytes of [`Shown`].
const SHOWN_HEAD: usize = 1 + ID + 8;

/// Ways that carry text alone begin a binary frame with this, which begins no JSON; base64 follows.
const ARMOUR: char = '=';

impl<'a> Shown<'a> {
    pub fn encode(&self) -> Vec<u8> {
        let mut frame = Vec::with_capacity(SHOWN_HEAD + self.bytes.len());
        frame.push(SHOWN);
        frame.extend_from_slice(self.terminal.0.as_bytes());
        frame.extend_from_slice(&self.at.to_be_bytes());
        frame.extend_from_slice(self.bytes);
        frame
    }

    /// `None` for what is no such frame.
    pub fn decode(frame: &'a [u8]) -> Option<Self> {
        let (terminal, rest) = decode(frame, SHOWN)?;
        let (at, bytes) = rest.split_first_chunk()?;
        Some(Self { terminal, at: u64::from_be_bytes(*at), bytes })
    }
}

impl<'a> Typed<'a> {
    pub fn encode(&self) -> Vec<u8> {
        let mut frame = Vec::with_capacity(1 + ID + self.bytes.len());
        frame.push(TYPED);
        frame.extend_from_slice(self.terminal.0.as_bytes());
        frame.extend_from_slice(self.bytes);
        frame
    }

    /// `None` for what is no such frame.
    pub fn decode(frame: &'a [u8]) -> Option<Self> {
        let (terminal, bytes) = decode(frame, TYPED)?;
        Some(Self { terminal, bytes })
    }
}

fn decode(frame: &[u8], kind: u8) -> Option<(TerminalId, &[u8])> {
    let (first, rest) = frame.split_first()?;
    let (id, rest) = rest.split_first_chunk::<ID>()?;
    (*first == kind).then_some((TerminalId(Uuid::from_bytes(*id)), rest))
}

/// A binary frame for a way that carries text alone.
pub fn armour(frame: &[u8]) -> String {
    let mut text = String::from(ARMOUR);
    STANDARD.encode_string(frame, &mut text);
    text
}

/// The binary frame in a text; `None` for a text that is a frame itself.
pub fn unarmour(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text.strip_prefix(ARMOUR)?).ok()
}
