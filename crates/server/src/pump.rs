//! Moves frames between one WebSocket and the host.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::stream::{FuturesUnordered, SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use host::{Connection, Outbox, Outgoing};
use ports::frame::Frame;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};
use tokio_tungstenite::tungstenite;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use wire::{Bye, ByeReason, CloseCode, Notification};

use crate::gate::Ticket;
use crate::site::Refusal;

/// What a closing socket gets to take its last frames and answer the close. A socket that is dropped
/// with bytes unread is reset, and the reset can overtake the last word.
const LINGER: Duration = Duration::from_secs(2);
/// Pings that may stay unanswered (PA8).
const MISSED: u32 = 2;

const EVICTED: Refusal =
    (ByeReason::Rate, "Another connection took this place. Try again in a moment.", CloseCode::Rate);
const BAD_FRAME: Refusal =
    (ByeReason::BadFrame, "That was no frame, or one that is too large.", CloseCode::BadFrame);

type Sink = SplitSink<WebSocket, Message>;
type Stream = SplitStream<WebSocket>;

/// Why a socket's life ends.
enum End {
    /// The client is gone, or silent for too long.
    Gone,
    /// The host has said its last word.
    Told(Option<CloseCode>),
    Refused(Refusal),
}

pub(crate) async fn pump(socket: WebSocket, connection: Connection, ticket: Arc<Ticket>) {
    let (mut sink, mut stream) = socket.split();
    let proof = connection.authenticated();
    let (inbox, mut outbox) = connection.split();
    let heard = watch::Sender::new(Instant::now());
    let ping = ticket.ping();
    let end = {
        let mut reading = apart(read(&mut stream, (&inbox, ticket.frame_bytes()), &heard));
        let mut watching = apart(async {
            tokio::select! {
                () = ticket.evicted() => End::Refused(EVICTED),
                () = silence(&heard, ping) => End::Gone,
                () = note_proof(proof, &ticket) => End::Gone,
            }
        });
        tokio::select! {
            biased;
            Some(end) = reading.next() => end,
            end = write(&mut sink, &mut outbox, ping) => end,
            Some(end) = watching.next() => end,
        }
    };
    drop((inbox, outbox));
    let code = match end {
        End::Gone => return,
        End::Told(code) => code,
        End::Refused(refusal) => {
            say(&mut sink, refusal).await;
            Some(refusal.2)
        }
    };
    if matches!(code, Some(CloseCode::NotPaired | CloseCode::BadFrame)) {
        ticket.fail();
    }
    close(sink, stream, code).await;
}

/// Polled only when woken itself: looking for bytes that did not come costs as much as a frame.
fn apart<F: Future>(future: F) -> FuturesUnordered<F> {
    FuturesUnordered::from_iter([future])
}

/// Says why and closes, before there is a connection to the host.
pub(crate) async fn turn_away(socket: WebSocket, refusal: Refusal, ticket: Arc<Ticket>) {
    let (mut sink, stream) = socket.split();
    tokio::select! {
        () = ticket.evicted() => {}
        () = async {
            say(&mut sink, refusal).await;
            close(sink, stream, Some(refusal.2)).await;
        } => {}
    }
}

async fn read(
    stream: &mut Stream,
    (inbox, longest): (&mpsc::Sender<Frame>, usize),
    heard: &watch::Sender<Instant>,
) -> End {
    while let Some(message) = stream.next().await {
        heard.send_replace(Instant::now());
        match message {
            Ok(Message::Text(text)) if text.len() > longest => return End::Refused(BAD_FRAME),
            Ok(Message::Text(text)) => hand_in(inbox, Frame::Text(text.as_str().to_owned())).await,
            Ok(Message::Binary(bytes)) if bytes.len() > longest => return End::Refused(BAD_FRAME),
            Ok(Message::Binary(bytes)) => hand_in(inbox, Frame::Bytes(bytes.into())).await,
            Ok(Message::Ping(_) | Message::Pong(_)) => {}
            Ok(Message::Close(_)) => return End::Gone,
            Err(error) => return end_by(error),
        }
    }
    End::Gone
}

async fn hand_in(inbox: &mpsc::Sender<Frame>, frame: Frame) {
    // When the host has let go, its last words are still to be written.
    if inbox.send(frame).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// A client that sends what is too large or malformed, as against a network that broke.
fn end_by(error: axum::Error) -> End {
    let Ok(error) = error.into_inner().downcast::<tungstenite::Error>() else { return End::Gone };
    match *error {
        tungstenite::Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => End::Gone,
        tungstenite::Error::Capacity(_) | tungstenite::Error::Protocol(_) | tungstenite::Error::Utf8(_) => {
            End::Refused(BAD_FRAME)
        }
        _ => End::Gone,
    }
}

async fn write(sink: &mut Sink, outbox: &mut Outbox, ping: Duration) -> End {
    let mut beat = interval(ping);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beat.tick().await;
    loop {
        let message = tokio::select! {
            biased;
            outgoing = outbox.recv() => match outgoing {
                Some(Outgoing::Frame(frame)) => text(&frame),
                Some(Outgoing::Bytes(bytes)) => Message::Binary(bytes.into()),
                Some(Outgoing::Close(code)) => return End::Told(Some(code)),
                None => return End::Told(None),
            },
            _ = beat.tick() => Message::Ping(axum::body::Bytes::new()),
        };
        if sink.send(message).await.is_err() {
            return End::Gone;
        }
    }
}

/// Resolves when two pings have gone unanswered (PA8).
async fn silence(heard: &watch::Sender<Instant>, ping: Duration) {
    loop {
        let last = *heard.borrow();
        let patience = ping * (MISSED + 1);
        if last.elapsed() >= patience {
            return;
        }
        tokio::time::sleep_until(last + patience).await;
    }
}

async fn note_proof(mut proof: watch::Receiver<bool>, ticket: &Ticket) {
    if proof.wait_for(|proven| *proven).await.is_ok() {
        ticket.prove();
    }
    std::future::pending().await
}

async fn say(sink: &mut Sink, (reason, message, _): Refusal) {
    let bye = Notification::Bye(Bye { reason, message: message.to_owned() });
    let frame = wire::encode_notification(&bye);
    // A socket that is gone needs no last word.
    let _ = timeout(LINGER, sink.send(text(&frame))).await;
}

async fn close(mut sink: Sink, mut stream: Stream, code: Option<CloseCode>) {
    let frame = code.map(|code| CloseFrame { code: code.number(), reason: Utf8Bytes::default() });
    let farewell = async {
        // A socket that is gone needs no close.
        let _ = sink.send(Message::Close(frame)).await;
        let mut answered = pin!(async { while let Some(Ok(_)) = stream.next().await {} });
        answered.as_mut().await;
    };
    let _ = timeout(LINGER, farewell).await;
}

fn text(frame: &str) -> Message {
    Message::Text(Utf8Bytes::from(frame))
}
