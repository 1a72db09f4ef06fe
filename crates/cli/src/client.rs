//! The owner's frames over the local socket.

use std::collections::VecDeque;
use std::io;
use std::path::Path;

use futures_util::{SinkExt, StreamExt};
use server::SOCKET_FILE;
use tokio::net::UnixStream;
use tokio_util::codec::{Framed, LinesCodec, LinesCodecError};
use wire::{Auth, Bye, Failure, Hello, HostFrame, Notification, Reply, Request};

use crate::folder;

/// A snapshot holds a page of events, so what a host sends may be longer than what it takes.
const LONGEST_LINE: usize = 64 * 1024 * 1024;

/// Why a request got no good answer.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("No host runs on {folder}. Start it with `conclave host`.")]
    NotRunning { folder: String },
    #[error("{}", .0.message)]
    Refused(Failure),
    #[error("{}", .0.message)]
    Bye(Bye),
    #[error("The host ended the conversation. See what it says, and try again.")]
    Gone,
    #[error("The host answers in words this program does not know. Update the older of the two.")]
    Unknown,
    #[error(transparent)]
    Elsewhere(#[from] peer::PeerError),
    #[error("The owner's token could not be read: {0}")]
    Token(anyhow::Error),
}

/// One conversation with a running host, in the owner's name.
pub struct Client {
    lines: Framed<UnixStream, LinesCodec>,
    asked: u64,
    unread: VecDeque<Notification>,
}

impl Client {
    /// Says hello to the host of this data folder.
    pub async fn connect(folder: &Path) -> Result<Self, ClientError> {
        let not_running = || ClientError::NotRunning { folder: folder.display().to_string() };
        let stream = UnixStream::connect(folder.join(SOCKET_FILE)).await.map_err(|_| not_running())?;
        let token = folder::read_owner_token(folder).map_err(ClientError::Token)?;
        let token = token.ok_or_else(not_running)?;
        let lines = Framed::new(stream, LinesCodec::new_with_max_length(LONGEST_LINE));
        let mut client = Self { lines, asked: 0, unread: VecDeque::new() };
        let client_name = concat!("conclave ", env!("CARGO_PKG_VERSION")).to_owned();
        client.call(Request::Hello(Hello { auth: Auth::Local { token }, client: client_name })).await?;
        Ok(client)
    }

    pub async fn call(&mut self, request: Request) -> Result<Reply, ClientError> {
        self.asked += 1;
        let asked = self.asked;
        // A host that refuses at once may have closed already: what it said is still to be read.
        let sent = self.lines.send(wire::encode_request(asked, &request)).await;
        if let Err(error) = sent
            && !matches!(&error, LinesCodecError::Io(error) if error.kind() == io::ErrorKind::BrokenPipe)
        {
            return Err(ClientError::Gone);
        }
        loop {
            match self.frame().await.map_err(|error| self.last_word(error))? {
                HostFrame::Reply { id, reply } if id == asked => return Ok(*reply),
                HostFrame::Failed { id, failure } if id.is_none_or(|id| id == asked) => {
                    return Err(ClientError::Refused(failure));
                }
                HostFrame::Reply { .. } | HostFrame::Failed { .. } => {}
                HostFrame::Notification(notification) => self.unread.push_back(*notification),
            }
        }
    }

    pub async fn notification(&mut self) -> Result<Notification, ClientError> {
        let next = match self.unread.pop_front() {
            Some(notification) => notification,
            None => loop {
                if let HostFrame::Notification(notification) = self.frame().await? {
                    break *notification;
                }
            },
        };
        match next {
            Notification::Bye(bye) => Err(ClientError::Bye(bye)),
            other => Ok(other),
        }
    }

    /// A host that ends the conversation has said why.
    fn last_word(&mut self, error: ClientError) -> ClientError {
        match self.unread.pop_back() {
            Some(Notification::Bye(bye)) => ClientError::Bye(bye),
            Some(_) | None => error,
        }
    }

    async fn frame(&mut self) -> Result<HostFrame, ClientError> {
        let line = match self.lines.next().await {
            Some(Ok(line)) => line,
            Some(Err(_)) | None => return Err(ClientError::Gone),
        };
        wire::decode_host(&line).map_err(|_| ClientError::Unknown)
    }
}
