use std::future::Future;
use std::pin::Pin;

use tokio::sync::mpsc;

use crate::PeerError;

/// Frames that may wait on either side of a line: a slow reader slows the host, and no memory grows.
const WAITING: usize = 4;

/// An open connection to a host with the right key, before hello. Dropping it hangs up.
#[derive(Debug)]
pub struct Line {
    pub say: mpsc::Sender<Say>,
    /// `Closed` comes once, as the last.
    pub sounds: mpsc::Receiver<Sound>,
}

/// The far end of a [`Line`], for whoever moves its bytes.
#[derive(Debug)]
pub struct LineEnd {
    pub said: mpsc::Receiver<Say>,
    pub sounds: mpsc::Sender<Sound>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Say {
    Frame(String),
    /// A binary frame.
    Bytes(Vec<u8>),
    /// Asks for a sign of life.
    Ping,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sound {
    Frame(String),
    /// A binary frame.
    Bytes(Vec<u8>),
    /// A sign of life without content.
    Beat,
    /// With the code of the close, if there was one.
    Closed(Option<u16>),
}

impl Line {
    pub fn pair() -> (Self, LineEnd) {
        let (say, said) = mpsc::channel(WAITING);
        let (hear, sounds) = mpsc::channel(WAITING);
        (Self { say, sounds }, LineEnd { said, sounds: hear })
    }
}

/// A boxed future.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Opens lines to one host.
pub trait Dialer: Send + Sync + 'static {
    fn dial(&self) -> Later<'_, Result<Line, PeerError>>;
}
