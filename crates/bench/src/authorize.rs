//! The smallest request a guest can make of a session, in process: the check of its right against the
//! live grant, and next to nothing else.

use std::time::Instant;

use anyhow::{Result, bail};
use host::{Host, Principal};
use model::{Preset, SessionId};
use tokio::sync::{mpsc, oneshot};
use wire::{Notification, Reply, Request};

use crate::report::Row;
use crate::stage::{Client, Stage, fresh};
use crate::stats::median;

const ROUNDS: usize = 9;
const CALLS: u32 = 20_000;

pub async fn measure() -> Result<Vec<Row>> {
    let folder = tempfile::tempdir()?;
    let stage = Stage::set(folder.path()).await?;
    let (mut owner, _) = stage.owner().await?;
    let workspace = owner.workspace().await?;
    let session = owner.session(workspace).await?;
    let guest = let_in(&stage, &mut owner, workspace).await?;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(ask(&stage.host, guest, session).await?);
        bare.push(round_trip().await?);
    }
    stage.host.stop().await;
    let row = Row::cost("authorize", "µs", (median(ours), median(bare)));
    Ok(vec![row.beside("a question to a task over channels; wanted: at most 50 µs")])
}

/// A guest whose right comes from a grant; the owner's would need no look at one.
async fn let_in(stage: &Stage, owner: &mut Client, workspace: model::WorkspaceId) -> Result<Principal> {
    let mint = Request::MintShare {
        command: fresh(),
        terms: wire::ShareWish::of(vec![workspace], Preset::Observer),
    };
    let Reply::Minted { invite, .. } = owner.call(mint).await? else { bail!("no share was made") };
    let mut guest = stage.knock(&invite.code, "Bea").await?;
    owner.call(Request::WatchDirectory).await?;
    let knock = loop {
        if let Notification::Directory(directory) = owner.notification().await?
            && let Some(knock) = directory.knocks.first()
        {
            break knock.knock;
        }
    };
    owner.call(Request::Admit { command: fresh(), knock }).await?;
    loop {
        if let Notification::Welcome(welcome) = guest.notification().await? {
            return Ok(Principal { person: welcome.person, device: None, link: host::Link::Verified });
        }
    }
}

async fn ask(host: &Host, guest: Principal, session: SessionId) -> Result<f64> {
    let began = Instant::now();
    for _ in 0..CALLS {
        host.call(guest, Request::Typing { session }).await?;
    }
    Ok(began.elapsed().as_secs_f64() * 1e6 / f64::from(CALLS))
}

async fn round_trip() -> Result<f64> {
    let (questions, mut inbox) = mpsc::channel::<oneshot::Sender<u32>>(64);
    let answering = tokio::spawn(async move {
        while let Some(question) = inbox.recv().await {
            // Whoever asked waits for it.
            question.send(1).ok();
        }
    });
    let began = Instant::now();
    for _ in 0..CALLS {
        let (question, answer) = oneshot::channel();
        questions.send(question).await?;
        answer.await?;
    }
    let took = began.elapsed();
    drop(questions);
    answering.await?;
    Ok(took.as_secs_f64() * 1e6 / f64::from(CALLS))
}
