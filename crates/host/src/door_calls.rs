//! Requests about shares, people and devices, to whoever obeys them.

use door::InviteWish;
use wire::{Failure, Reply, Request};

use crate::desk::{Cause, Desk, SettingsWish, Shared, Switch};
use crate::host::misplaced;

pub(crate) async fn order(desk: &Desk, cause: Cause, request: Request) -> Result<Reply, Failure> {
    match request {
        Request::MintShare { terms, .. } => desk.mint_share(cause, terms).await,
        Request::EditShare { share, terms, .. } => desk.edit_share(cause, share, terms).await,
        Request::StopShare { share, .. } => desk.stop_share(cause, share).await,
        Request::MintInvite { share, uses, lifetime, consent, .. } => {
            let usual = InviteWish::default();
            let wish = InviteWish {
                uses: uses.unwrap_or(usual.uses),
                lifetime: lifetime.unwrap_or(usual.lifetime),
                consent: consent.unwrap_or(usual.consent),
            };
            desk.mint_invite(cause, share, wish).await
        }
        Request::CancelInvite { invite, .. } => desk.cancel_invite(cause, invite).await,
        Request::StartPairing { share, .. } => desk.start_pairing(cause, share).await,
        Request::StopPairing { .. } => desk.stop_pairing(cause).await,
        Request::Admit { knock, .. } => desk.admit(cause, knock).await,
        Request::RefuseKnock { knock, .. } => desk.refuse_knock(cause, knock).await,
        Request::Mute { share, person, .. } => desk.mute(cause, (share, person)).await,
        Request::Unmute { share, person, .. } => desk.unmute(cause, (share, person)).await,
        Request::Kick { share, person, .. } => desk.kick(cause, (share, person)).await,
        Request::RevokePerson { person, .. } => desk.revoke_person(cause, person).await,
        Request::RevokeDevice { device, .. } => desk.revoke_device(cause, device).await,
        Request::AnswerForkOffer { fork, share, .. } => {
            desk.answer_fork_offer(cause, fork, if share { Shared::Yes } else { Shared::No }).await
        }
        Request::ChangeSettings { name, consensus_by_default, nearby, .. } => {
            desk.change_settings(cause, SettingsWish { name, consensus_by_default, nearby }).await
        }
        Request::SetAgentEnabled { agent, enabled, .. } => {
            desk.switch_agent(cause, agent, if enabled { Switch::On } else { Switch::Off }).await
        }
        Request::TrustRepositoryAgents { repository, hash, .. } => {
            desk.trust_agents(cause, repository, hash).await
        }
        Request::ForgetRepositoryAgents { repository, .. } => desk.forget_agents(cause, repository).await,
        Request::AddMyDevice { .. } => desk.add_my_device(cause).await,
        Request::RevokeMyDevice { device, .. } => desk.revoke_my_device(cause, device).await,
        Request::RenameMe { name, .. } => desk.rename_me(cause, &name).await,
        Request::Leave { .. } => desk.leave(cause).await,
        _ => Err(misplaced()),
    }
}
