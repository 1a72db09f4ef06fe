use model::{OwnerEvent, Right, Share, ShareId, Timestamp, VoidReason, WorkspaceId};

use crate::state::{Offer, Standing, is_live};
use crate::{Door, Refusal};

impl Door {
    /// # Errors
    /// A share without workspaces is refused (SH1), so are an end in the past and the owner's own right;
    /// unknown workspaces are the host's to refuse.
    pub fn mint_share(
        &self,
        share: ShareId,
        terms: Share,
        now: Timestamp,
    ) -> Result<Vec<OwnerEvent>, Refusal> {
        Ok(vec![OwnerEvent::ShareMinted { share, terms: checked(terms, now)? }])
    }

    /// What it offers from now on, also to those inside (SH1).
    ///
    /// # Errors
    /// [`Refusal::ShareUnknown`], and those of [`Door::mint_share`].
    pub fn edit_share(
        &self,
        share: ShareId,
        terms: Share,
        now: Timestamp,
    ) -> Result<Vec<OwnerEvent>, Refusal> {
        let known = self.live(share, now)?;
        let terms = checked(terms, now)?;
        Ok(if *known == terms { Vec::new() } else { vec![OwnerEvent::ShareEdited { share, terms }] })
    }

    /// # Errors
    /// [`Refusal::ShareUnknown`].
    pub fn stop_share(&self, share: ShareId) -> Result<Vec<OwnerEvent>, Refusal> {
        self.shares.get(&share).ok_or(Refusal::ShareUnknown)?;
        Ok(vec![OwnerEvent::ShareStopped { share }])
    }

    /// The shares whose time is up and that nobody has noted yet.
    pub fn expire(&self, now: Timestamp) -> Vec<OwnerEvent> {
        let over = self.shares.iter().filter(|(_, share)| !is_live(share, now));
        over.map(|(share, _)| OwnerEvent::ShareExpired { share: *share }).collect()
    }

    /// When the door looks different without anybody's doing.
    pub fn next_deadline(&self, now: Timestamp) -> Option<Timestamp> {
        let shares = self.shares.values().filter_map(|share| share.expires_at);
        let invites = self.invites.values().filter(|invite| invite.is_open(now));
        let devices = invites.filter(|invite| matches!(invite.offer, Offer::Device(_)));
        shares.chain(devices.map(|invite| invite.terms.expires_at)).min()
    }

    /// The host listens for others only while a share is live, or for the owner's own devices (SH4, SH7).
    pub fn wants_listener(&self, now: Timestamp) -> bool {
        self.shares.values().any(|share| is_live(share, now)) || self.owner_comes_from_afar(now)
    }

    pub fn is_shared(&self, workspace: WorkspaceId, now: Timestamp) -> bool {
        self.live_shares_of(workspace, now).next().is_some()
    }

    /// A fork of a shared workspace: the owner is asked once (SH8).
    pub fn offer_fork(&self, fork: WorkspaceId, source: WorkspaceId, now: Timestamp) -> Vec<OwnerEvent> {
        match self.is_shared(source, now) {
            true => vec![OwnerEvent::ForkOffered { fork, source }],
            false => Vec::new(),
        }
    }

    /// Adds the fork to every live share of its source (SH8).
    ///
    /// # Errors
    /// [`Refusal::ForkUnknown`].
    pub fn share_fork(&self, fork: WorkspaceId, now: Timestamp) -> Result<Vec<OwnerEvent>, Refusal> {
        let source = *self.forks.get(&fork).ok_or(Refusal::ForkUnknown)?;
        let wider = |(share, terms): (ShareId, &Share)| {
            let mut terms = terms.clone();
            terms.workspaces.push(fork);
            OwnerEvent::ShareEdited { share, terms }
        };
        let lacking = self.live_shares_of(source, now).filter(|(_, terms)| !terms.workspaces.contains(&fork));
        Ok(lacking.map(wider).chain([OwnerEvent::ForkAnswered { fork }]).collect())
    }

    /// # Errors
    /// [`Refusal::ForkUnknown`].
    pub fn keep_fork(&self, fork: WorkspaceId) -> Result<Vec<OwnerEvent>, Refusal> {
        self.forks.get(&fork).ok_or(Refusal::ForkUnknown)?;
        Ok(vec![OwnerEvent::ForkAnswered { fork }])
    }

    pub fn live_shares_of(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> impl Iterator<Item = (ShareId, &Share)> {
        self.shares().filter(move |(_, share)| is_live(share, now) && share.workspaces.contains(&workspace))
    }

    pub(crate) fn live(&self, share: ShareId, now: Timestamp) -> Result<&Share, Refusal> {
        self.shares.get(&share).filter(|known| is_live(known, now)).ok_or(Refusal::ShareUnknown)
    }

    pub(crate) fn apply_share(&mut self, event: &OwnerEvent) {
        match event {
            OwnerEvent::ShareMinted { share, terms } | OwnerEvent::ShareEdited { share, terms } => {
                self.shares.insert(*share, terms.clone());
            }
            OwnerEvent::ShareStopped { share } => self.close(*share, VoidReason::Revoked),
            OwnerEvent::ShareExpired { share } => self.close(*share, VoidReason::Expired),
            OwnerEvent::ForkOffered { fork, source } => {
                self.forks.insert(*fork, *source);
            }
            OwnerEvent::ForkAnswered { fork } => {
                self.forks.remove(fork);
            }
            _ => {}
        }
    }

    fn close(&mut self, share: ShareId, reason: VoidReason) {
        self.invites.retain(|_, invite| invite.offer != Offer::Share(share));
        let invites = &self.invites;
        self.knocks.retain(|_, knock| invites.contains_key(&knock.invite));
        let inside = self.people.iter().filter(|(_, person)| person.shares.contains_key(&share));
        let inside: Vec<_> = inside.map(|(person, _)| *person).collect();
        inside.into_iter().for_each(|person| self.void(person, share, reason));
        self.shares.remove(&share);
        self.people.values_mut().for_each(|person| {
            person.muted_in.remove(&share);
        });
    }

    /// SH5: who has no share left has no good credential either.
    pub(crate) fn void(&mut self, person: model::PersonId, share: ShareId, reason: VoidReason) {
        let Some(known) = self.people.get_mut(&person) else { return };
        let workspaces = self.shares.get(&share).map(|share| share.workspaces.as_slice()).unwrap_or_default();
        known.out.extend(workspaces.iter().map(|workspace| (*workspace, reason)));
        known.shares.remove(&share);
        if !known.shares.is_empty() {
            return;
        }
        known.lost = Some(reason);
        let theirs = self.devices.values_mut().filter(|device| device.person == person);
        theirs.filter(|device| device.standing == Standing::Good).for_each(|device| {
            device.standing = Standing::Void;
        });
    }

    fn owner_comes_from_afar(&self, now: Timestamp) -> bool {
        let Some(owner) = self.owner() else { return false };
        let afar = |kind| match kind {
            model::DeviceKind::Loopback => false,
            model::DeviceKind::Browser | model::DeviceKind::VerifiedBrowser | model::DeviceKind::Peer => true,
        };
        let mut devices = self.devices.values();
        devices.any(|it| it.person == owner && it.standing == Standing::Good && afar(it.kind))
            || self.invites.values().any(|it| it.offer == Offer::Device(owner) && it.is_open(now))
    }
}

fn checked(mut terms: Share, now: Timestamp) -> Result<Share, Refusal> {
    if terms.workspaces.is_empty() {
        return Err(Refusal::NoWorkspaces);
    }
    if terms.rights.has(Right::Own) {
        return Err(Refusal::OwnersRight);
    }
    if !is_live(&terms, now) {
        return Err(Refusal::InThePast);
    }
    terms.workspaces.sort();
    terms.workspaces.dedup();
    terms.rights.0.insert(Right::See);
    Ok(terms)
}
