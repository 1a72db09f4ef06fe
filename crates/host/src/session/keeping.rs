//! Checkpoints at the edges of this session's turns (WS17).

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use model::{Command, Edge, Event, TurnEdge, TurnId};
use room::By;
use tokio::sync::mpsc;

use super::Mail;
use super::actor::Actor;
use crate::principal::Principal;
use crate::work::{TurnPlace, keep_after, keep_before};

/// Over when the files are kept, or can't be.
pub(super) type Keeping = Shared<BoxFuture<'static, ()>>;

impl Actor {
    /// To be waited for before the turn's agent is told anything.
    pub(super) fn before(&mut self, turn: TurnId) -> Keeping {
        let Some(place) = self.place_of(turn) else { return async {}.boxed().shared() };
        let (shared, mail, last) = (Arc::clone(&self.shared), self.mail.clone(), self.keeping.take());
        let keep = async move {
            if let Some(last) = last {
                last.await;
            }
            let done = keep_before(&shared, &place).await;
            if let (Some(occurrence), Some(mail)) = (done, mail.upgrade()) {
                // The session may wait for this: it must not wait for the session.
                tokio::spawn(async move { mail.send(Mail::Note { occurrence: Box::new(occurrence) }).await });
            }
        };
        let keeping = keep.boxed().shared();
        self.keeping = Some(keeping.clone());
        keeping
    }

    pub(super) fn place_of(&self, turn: TurnId) -> Option<TurnPlace> {
        let running = self.room.turn().filter(|running| running.turn == turn)?;
        Some(TurnPlace {
            workspace: self.workspace,
            worktree: self.worktree.clone(),
            session: self.id,
            turn,
            author: running.author,
            agent: running.choice.agent,
            title: self.room.title().to_owned(),
        })
    }

    /// The room is told what the turn did to the files.
    pub(super) fn keep_after(&mut self, place: TurnPlace) {
        let (shared, mail, last) = (Arc::clone(&self.shared), self.mail.clone(), self.keeping.take());
        let kept = tokio::spawn(async move {
            if let Some(last) = last {
                last.await;
            }
            let Some(occurrence) = keep_after(&shared, &place).await else { return };
            if let Some(mail) = mail.upgrade() {
                // A session that has stopped has no room to tell.
                mail.send(Mail::Note { occurrence: Box::new(occurrence) }).await.ok();
            }
        });
        self.keeping = Some(kept.map(|_| ()).boxed().shared());
    }

    /// A turn whose end an earlier life of the host did not keep.
    pub(super) fn keep_what_was_left(&mut self) {
        let world = self.shared.globe.now().clone();
        let Some(known) = world.shelf.workspaces.get(&self.workspace) else { return };
        let mine = |of: &&TurnEdge| of.session == self.id;
        let of = known.work.checkpoints.iter().rev().filter_map(|it| it.of.as_ref()).find(mine);
        let Some(TurnEdge { turn, author, agent, edge: Edge::Before, .. }) = of.cloned() else { return };
        if self.room.turn().is_some_and(|running| running.turn == turn) || self.keeping.is_some() {
            return;
        }
        let (workspace, worktree, session) = (self.workspace, self.worktree.clone(), self.id);
        self.keep_after(TurnPlace {
            workspace,
            worktree,
            session,
            turn,
            author,
            agent,
            title: String::new(),
        });
    }

    /// Until the last turn is kept and told, for a session that stops. Others may wait for it meanwhile.
    pub(super) async fn kept(&mut self, inbox: &mut mpsc::Receiver<Mail>) {
        let Some(mut keeping) = self.keeping.take() else { return };
        loop {
            tokio::select! {
                biased;
                letter = inbox.recv() => match letter {
                    None => return,
                    Some(Mail::Note { occurrence }) => self.note(&occurrence).await,
                    // It has ended already; whoever sent anything else learns that it stops.
                    Some(_) => {}
                },
                () = &mut keeping => break,
            }
        }
        while let Ok(letter) = inbox.try_recv() {
            if let Mail::Note { occurrence } = letter {
                self.note(&occurrence).await;
            }
        }
    }

    pub(super) fn ended(events: &[Event]) -> Option<TurnId> {
        events.iter().find_map(|event| match event {
            Event::TurnEnded { turn, .. } => Some(*turn),
            _ => None,
        })
    }

    /// Its workspace is put away: the session ends, and so do its agents.
    pub(super) async fn retire(&mut self, by: Principal) {
        let world = self.shared.globe.now().clone();
        let by = crate::authority::by(&world, by, self.workspace);
        let ended = by.and_then(|by: By| {
            let events = self.room.decide(&by, &Command::End, self.now()).ok()?;
            Some((events, model::Actor::Person { person: by.person }))
        });
        if let Some((events, actor)) = ended
            && let Err(failure) = self.commit(events, actor, None).await
        {
            tracing::warn!(%failure, "a session could not be ended");
        }
        self.close().await;
    }
}
