//! A window's pipe through this host to another. Only the owner may open one: the first frame is the
//! owner's own hello, checked here as any other; what goes on to the other host is the credential that
//! this one keeps for it. From then on frames pass as they are.

use std::time::Duration;

use model::HostKey;
use ports::frame::Frame;
use ports::peers::{Heard, Pipe};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc};
use tokio::time::timeout;
use wire::{Auth, Bye, ByeReason, CloseCode, Failure, FailureCode, Hello, Notification, Request};

use super::task::Out;
use crate::desk::Greeting;
use crate::host::Host;
use crate::principal::Via;

const FORGOTTEN: Shut =
    Shut(ByeReason::Refused, "You have forgotten this host. Join it again by an invite.", CloseCode::Revoked);

/// The end of a pipe that this host itself decided on.
struct Shut(ByeReason, &'static str, CloseCode);

pub(super) async fn run(host: Host, (via, to): (Via, HostKey), mut inbox: mpsc::Receiver<Frame>, out: Out) {
    let shut = match owners_hello(&host, via, &mut inbox, &out).await {
        Ok(Some((id, client))) => {
            out.proof.send_replace(true);
            let forgotten = host.inner.forgotten.subscribe();
            let pipe = host.inner.shared.parts.peers.pipe(to.clone(), id, client);
            tokio::select! {
                biased;
                () = is_forgotten(forgotten, &to) => Some(FORGOTTEN),
                shut = relay(&host, pipe, &mut inbox, &out) => shut,
            }
        }
        Ok(None) => None,
        Err(shut) => Some(shut),
    };
    let Some(Shut(reason, message, code)) = shut else { return };
    let bye = Notification::Bye(Bye { reason, message: message.to_owned() });
    out.letters.frame(wire::encode_notification(&bye)).await;
    out.letters.close(code).await;
}

/// The id of the owner's hello, and the client it names; `None` when the window is gone.
async fn owners_hello(
    host: &Host,
    via: Via,
    inbox: &mut mpsc::Receiver<Frame>,
    out: &Out,
) -> Result<Option<(u64, String)>, Shut> {
    let late = Shut(ByeReason::HelloLate, "No hello came in time.", CloseCode::HelloLate);
    let Some(frame) =
        timeout(Duration::from_millis(host.limits().hello.0), inbox.recv()).await.map_err(|_| late)?
    else {
        return Ok(None);
    };
    let bad = || Shut(ByeReason::BadFrame, "That was not a frame of this protocol.", CloseCode::BadFrame);
    let Frame::Text(frame) = frame else { return Err(bad()) };
    let frame = wire::decode_client(&frame).map_err(|_| bad())?;
    let client = match frame.request {
        Request::Hello(hello) => greet(host, via, hello).await,
        _ => Err(Failure::new(FailureCode::HelloFirst, "Say hello first.")),
    };
    match client {
        Ok(client) => Ok(Some((frame.id, client))),
        Err(failure) => {
            out.letters.frame(wire::encode_failure(Some(frame.id), &failure)).await;
            let message = "Only this host's owner goes to other hosts from here.";
            Err(Shut(ByeReason::Refused, message, CloseCode::NotPaired))
        }
    }
}

async fn greet(host: &Host, via: Via, hello: Hello) -> Result<String, Failure> {
    let strangers =
        || Failure::new(FailureCode::NotPaired, "Only this host's owner goes to other hosts from here.");
    match (via, &hello.auth) {
        // A one-time link would be spent here and open nothing; it is for the page's own connection.
        (Via::Loopback, Auth::Device { .. }) | (Via::Window, _) => {}
        (Via::Loopback | Via::Local | Via::Tls { .. }, _) => return Err(strangers()),
    }
    let client = hello.client.clone();
    match host.inner.shared.desk.hello(via, hello).await? {
        Greeting::Welcome(_, welcome) if welcome.owner => Ok(client),
        Greeting::Welcome(..) | Greeting::Waiting { .. } => Err(strangers()),
    }
}

async fn is_forgotten(mut forgotten: broadcast::Receiver<HostKey>, host: &HostKey) {
    loop {
        match forgotten.recv().await {
            Ok(other) if other != *host => {}
            // Among those missed may be this one, and a window dials again.
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

async fn relay(host: &Host, mut pipe: Pipe, inbox: &mut mpsc::Receiver<Frame>, out: &Out) -> Option<Shut> {
    let inwards = async {
        while let Some(frame) = inbox.recv().await {
            if pipe.say.send(frame).await.is_err() {
                // What the other host said before it closed is still to be passed on.
                std::future::pending::<()>().await;
            }
        }
    };
    let outwards = async {
        loop {
            match pipe.heard.recv().await {
                Some(Heard::Frame(Frame::Text(frame))) => out.letters.frame(frame).await,
                Some(Heard::Frame(Frame::Bytes(frame))) => out.letters.bytes(frame).await,
                Some(Heard::Closed(code)) => return code,
                None => return None,
            }
        }
    };
    tokio::select! {
        biased;
        () = host.stopping() => Some(Shut(
            ByeReason::HostStopping,
            "This machine's Conclave is stopping. Your work is kept.",
            CloseCode::HostStopping,
        )),
        code = outwards => {
            let code = CloseCode::ALL.iter().find(|it| Some(it.number()) == code);
            out.letters.close(code.copied().unwrap_or(CloseCode::Unreachable)).await;
            None
        }
        () = inwards => None,
    }
}
