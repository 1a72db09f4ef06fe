//! The conversation of a pairing by code: begin, confirm, finish (PA3). Each step in time, in this order
//! and once.

use wire::{Auth, Failure, FailureCode};

use super::task::{End, Out, next_hello, say};
use crate::desk::{Greeting, Proven, Try};
use crate::host::Host;
use crate::principal::Via;

type Inbox = tokio::sync::mpsc::Receiver<ports::frame::Frame>;

/// The id of the last frame, and what it comes to.
pub(super) type Outcome = (u64, Result<Greeting, Failure>);

pub(super) async fn pair(
    host: &Host,
    via: Via,
    (id, begin): (u64, Auth),
    (inbox, out): (&mut Inbox, &Out),
) -> Result<Outcome, End> {
    let desk = &host.inner.shared.desk;
    let (tried, answer) = match desk.answer_pairing(via, begin).await {
        Ok(answered) => answered,
        Err(failure) => return Ok((id, Err(failure))),
    };
    say(out, id, &answer).await;
    let (id, proven) = confirm(host, tried, (inbox, out)).await?;
    let proven = match proven {
        Ok((proven, answer)) => {
            say(out, id, &answer).await;
            proven
        }
        Err(failure) => return Ok((id, Err(failure))),
    };
    let (id, hello) = next_hello(host, inbox, out).await?;
    Ok((id, desk.finish_pairing(via, proven, hello.auth, &hello.client).await))
}

/// Whatever comes in place of a confirmation is a miss.
async fn confirm(
    host: &Host,
    tried: Try,
    (inbox, out): (&mut Inbox, &Out),
) -> Result<(u64, Result<(Proven, wire::Reply), Failure>), End> {
    let desk = &host.inner.shared.desk;
    let ticket = tried.ticket;
    match next_hello(host, inbox, out).await {
        Ok((id, hello)) => match hello.auth {
            Auth::PairConfirm { mac } => Ok((id, desk.confirm_pairing(tried, &mac).await)),
            Auth::OpenLink { .. }
            | Auth::Device { .. }
            | Auth::Invite { .. }
            | Auth::Local { .. }
            | Auth::PairBegin { .. }
            | Auth::PairFinish { .. } => {
                desk.miss_pairing(ticket).await;
                let message = "That is not the next step of a pairing.";
                Ok((id, Err(Failure::new(FailureCode::BadParams, message))))
            }
        },
        Err(end) => {
            desk.miss_pairing(ticket).await;
            Err(end)
        }
    }
}
