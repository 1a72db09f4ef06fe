//! One client of a host, by whichever way.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use model::TerminalId;
use ports::frame::Frame;
use server::SOCKET_FILE;
use tokio::net::UnixStream;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_util::codec::{Framed, LinesCodec, LinesCodecError};
use wire::{
    Auth, Failure, FailureCode, Hello, HostFrame, Notification, Reply, Request, Shown, Typed, Welcome,
};

use crate::DEADLINE;
use crate::dial::Socket;
use crate::replica::Replica;

type Answer = Result<Reply, Failure>;
type Asked = Arc<Mutex<HashMap<u64, oneshot::Sender<Answer>>>>;

/// Says requests, and keeps what the host tells. Dropping it is a disconnect.
pub struct Client {
    out: mpsc::UnboundedSender<Frame>,
    asked: Asked,
    count: Mutex<u64>,
    replica: watch::Receiver<Replica>,
    notifications: mpsc::UnboundedReceiver<Notification>,
}

impl Client {
    pub fn over_socket(socket: Socket) -> Self {
        let (sink, stream) = socket.split();
        let sink = sink.with(|frame| async move {
            Ok::<_, tungstenite::Error>(match frame {
                Frame::Text(text) => Message::text(text),
                Frame::Bytes(bytes) => Message::binary(bytes),
            })
        });
        let texts = stream.filter_map(|message| async move {
            Some(match message {
                Ok(Message::Text(text)) => Heard::Frame(text.as_str().to_owned()),
                Ok(Message::Binary(bytes)) => Heard::Bytes(bytes.into()),
                Ok(Message::Close(frame)) => Heard::Closed(frame.map(|frame| frame.code.into())),
                Ok(_) => return None,
                Err(_) => Heard::Closed(None),
            })
        });
        Self::over(Box::pin(sink), Box::pin(texts))
    }

    /// The owner's own programs' way in.
    ///
    /// # Errors
    /// No host runs on this folder.
    pub async fn over_local_socket(data: &Path) -> Result<Self> {
        let stream = UnixStream::connect(data.join(SOCKET_FILE)).await?;
        let (sink, stream) = Framed::new(stream, LinesCodec::new()).split::<String>();
        let sink = sink.with(|frame| async move {
            Ok::<_, LinesCodecError>(match frame {
                Frame::Text(text) => text,
                Frame::Bytes(bytes) => wire::armour(&bytes),
            })
        });
        let lines = stream.map(|line| match line {
            Ok(line) => wire::unarmour(&line).map_or(Heard::Frame(line), Heard::Bytes),
            Err(_) => Heard::Closed(None),
        });
        Ok(Self::over(Box::pin(sink), Box::pin(lines)))
    }

    pub fn type_into(&self, terminal: TerminalId, keys: &str) {
        let typed = Typed { terminal, bytes: keys.as_bytes() };
        // A connection that is over is noticed by whoever waits for what it shows.
        let _ = self.out.send(Frame::Bytes(typed.encode()));
    }

    pub async fn call(&self, request: Request) -> Answer {
        self.send(request).await
    }

    /// Says the request now, and waits for the answer when it is polled: so that many are on their way at once.
    pub fn send(&self, request: Request) -> impl Future<Output = Answer> + use<> {
        let (answer, answered) = oneshot::channel();
        let id = {
            let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
            *count += 1;
            *count
        };
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(id, answer);
        let gone = || Failure::new(FailureCode::HostStopping, "The connection is over.");
        let said = self.out.send(wire::encode_request(id, &request).into());
        async move {
            said.map_err(|_| gone())?;
            timeout(DEADLINE, answered).await.expect("an answer in time").unwrap_or_else(|_| Err(gone()))
        }
    }

    /// # Errors
    /// The host's refusal.
    pub async fn hello(&mut self, auth: Auth) -> Result<Welcome, Failure> {
        match self.call(Request::Hello(Hello { auth, client: "testkit".to_owned() })).await? {
            Reply::Welcome(welcome) => Ok(welcome),
            Reply::Waiting { .. } => self.let_in().await,
            other => panic!("a welcome, not {other:?}"),
        }
    }

    /// The next thing the host says unasked; `None` when it has closed.
    pub async fn next_notification(&mut self) -> Option<Notification> {
        timeout(DEADLINE, self.notifications.recv()).await.expect("a notification in time")
    }

    /// Waits for a fact.
    pub async fn wait_for(&self, what: &str, fact: impl Fn(&Replica) -> bool) -> Replica {
        let mut replica = self.replica.clone();
        match timeout(DEADLINE, replica.wait_for(|replica| fact(replica))).await {
            Ok(Ok(replica)) => replica.clone(),
            Ok(Err(_)) | Err(_) => panic!("never came: {what}; last seen: {:#?}", self.replica.borrow()),
        }
    }

    pub fn replica(&self) -> Replica {
        self.replica.borrow().clone()
    }

    async fn let_in(&mut self) -> Result<Welcome, Failure> {
        loop {
            match self.next_notification().await {
                Some(Notification::Welcome(welcome)) => return Ok(welcome),
                Some(Notification::Bye(bye)) => {
                    return Err(Failure::new(FailureCode::NotPaired, bye.message));
                }
                Some(_) => {}
                None => return Err(Failure::new(FailureCode::HostStopping, "The connection is over.")),
            }
        }
    }

    fn over<S, R, E>(mut sink: S, stream: R) -> Self
    where
        S: Sink<Frame, Error = E> + Send + Unpin + 'static,
        R: Stream<Item = Heard> + Send + Unpin + 'static,
        E: Send,
    {
        let (out, mut outgoing) = mpsc::unbounded_channel::<Frame>();
        let (told, notifications) = mpsc::unbounded_channel();
        let (seen, replica) = watch::channel(Replica::default());
        let asked = Asked::default();
        let ear = Ear { asked: Arc::clone(&asked), told, seen };
        tokio::spawn(async move {
            let hear = ear.run(stream);
            let say = async {
                while let Some(frame) = outgoing.recv().await {
                    if sink.send(frame).await.is_err() {
                        // What the host said before it closed is still to be heard.
                        std::future::pending::<()>().await;
                    }
                }
            };
            tokio::select! {
                () = hear => {}
                () = say => {}
            }
        });
        Self { out, asked, count: Mutex::new(0), replica, notifications }
    }
}

enum Heard {
    Frame(String),
    Bytes(Vec<u8>),
    Closed(Option<u16>),
}

struct Ear {
    asked: Asked,
    told: mpsc::UnboundedSender<Notification>,
    seen: watch::Sender<Replica>,
}

impl Ear {
    async fn run<R: Stream<Item = Heard> + Unpin>(self, mut stream: R) {
        let mut code = None;
        while let Some(heard) = stream.next().await {
            match heard {
                Heard::Frame(text) => self.hear(wire::decode_host(&text).expect("a frame of this version")),
                Heard::Bytes(bytes) => {
                    let shown = Shown::decode(&bytes).expect("a frame of a terminal");
                    self.seen.send_modify(|replica| replica.show(shown));
                }
                Heard::Closed(told) => {
                    code = told;
                    break;
                }
            }
        }
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.seen.send_modify(|replica| replica.closed = Some(code));
    }

    fn hear(&self, frame: HostFrame) {
        let (id, answer) = match frame {
            HostFrame::Reply { id, reply } => (Some(id), Ok(*reply)),
            HostFrame::Failed { id, failure } => (id, Err(failure)),
            HostFrame::Notification(notification) => {
                self.seen.send_modify(|replica| replica.take(&notification));
                // A test may not read them.
                let _ = self.told.send(*notification);
                return;
            }
        };
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = id.and_then(|id| asked.remove(&id));
        if let Some(waiting) = waiting {
            // A test may have stopped waiting.
            let _ = waiting.send(answer);
        }
    }
}
