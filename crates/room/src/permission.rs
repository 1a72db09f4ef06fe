use std::sync::Arc;

use model::{
    CardId, Event, PermissionAnswer, PermissionId, PermissionRequest, Refusal, Rejection, Timestamp, TurnId,
};
use serde::{Deserialize, Serialize};

use crate::by::By;
use crate::room::Room;

/// Waits for ever unless the request says otherwise (PE3); nobody there = nothing is allowed (PE5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OpenPermission {
    pub turn: TurnId,
    pub request: Arc<PermissionRequest>,
    pub opened_at: Timestamp,
}

impl Room {
    pub(crate) fn permission_asked(
        &self,
        turn: TurnId,
        permission: PermissionId,
        request: &PermissionRequest,
    ) -> Vec<Event> {
        if !self.takes_cards_of(turn) || self.permissions.contains_key(&permission) {
            return vec![];
        }
        let refused = self.refused_before_plan(turn, permission, request);
        vec![refused.unwrap_or_else(|| Event::PermissionAsked { permission, turn, request: request.clone() })]
    }

    /// What no person could allow (AG11): nobody is asked, and the agent is told why.
    pub(crate) fn permission_barred(
        &self,
        turn: TurnId,
        (permission, request): (PermissionId, &PermissionRequest),
        refusal: Refusal,
    ) -> Vec<Event> {
        if !self.takes_cards_of(turn) || self.permissions.contains_key(&permission) {
            return vec![];
        }
        vec![Event::PermissionRefused { permission, turn, request: request.clone(), refusal }]
    }

    /// The first valid answer wins (PE2).
    pub(crate) fn answer_permission(
        &self,
        by: &By,
        permission: PermissionId,
        answer: PermissionAnswer,
    ) -> Result<Vec<Event>, Rejection> {
        if !self.permissions.contains_key(&permission) {
            return Err(self.cards.refusal(CardId::Permission(permission)));
        }
        Ok(vec![Event::PermissionAnswered { permission, by: Some(by.person), answer }])
    }
}
