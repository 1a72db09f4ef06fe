use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Span, WorkspaceId, limits};

/// One thing a person may do in a shared workspace (GR1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Transcript, changes, files, usage and log.
    See,
    /// Be in the electorate of plans and questions.
    Vote,
    /// A prompt lands as a draft that a steerer accepts, edits or drops.
    Suggest,
    /// Prompt, queue, stop one's own turn, create, name, pause and end sessions, choose the agent.
    Steer,
    /// Answer permission requests, decide plans where no vote is asked.
    Approve,
    /// Everything else: only the host's owner has it, and no share can give it.
    Own,
}

/// What a guest may do with a shared workspace's terminals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TerminalRight {
    #[default]
    None,
    View,
    Drive,
}

/// A set of rights, ordered for stable bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(as = "Vec<Right>")]
pub struct Rights(pub BTreeSet<Right>);

/// A named set of rights that a share can be minted with (GR1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    Observer,
    Reviewer,
    Guest,
    Collaborator,
    CoHost,
}

/// The most an agent may do unasked in a turn a person authored (GR5). Ordered: lowest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Ceiling {
    #[default]
    Ask,
    AcceptEdits,
    Bypass,
}

/// The rights of one person in one workspace, over all shares they are in (GR9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Grant {
    pub workspace: WorkspaceId,
    pub rights: Rights,
    pub terminal: TerminalRight,
    pub ceiling: Ceiling,
    pub muted: bool,
}

/// How a room decides: the strictest of the live shares over its workspace (GR9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RoomRules {
    /// Plans pass by unanimous vote (BA1).
    pub consensus: bool,
    /// The owner is in every electorate, or only when present (BA2).
    pub owner_always_votes: bool,
    /// The owner may override a vote with a reason (BA7).
    pub override_allowed: bool,
    /// The driver may decide plans where no vote is asked (BA11).
    pub driver_decides: bool,
    /// An absent voter is dropped after this; `null`: never (BA5).
    pub absence: Option<Span>,
    /// No edit and no command before an approved plan: the host refuses them (BA13).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub plan_first: bool,
}

impl Rights {
    pub fn of(rights: impl IntoIterator<Item = Right>) -> Self {
        Self(rights.into_iter().collect())
    }

    pub fn owner() -> Self {
        Self::of([Right::See, Right::Vote, Right::Suggest, Right::Steer, Right::Approve, Right::Own])
    }

    pub fn has(&self, right: Right) -> bool {
        self.0.contains(&right)
    }

    pub fn union(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).copied().collect())
    }
}

impl Preset {
    pub fn rights(self) -> Rights {
        match self {
            Self::Observer => Rights::of([Right::See]),
            Self::Reviewer => Rights::of([Right::See, Right::Vote]),
            Self::Guest => Rights::of([Right::See, Right::Suggest]),
            Self::Collaborator => Rights::of([Right::See, Right::Vote, Right::Suggest, Right::Steer]),
            Self::CoHost => {
                Rights::of([Right::See, Right::Vote, Right::Suggest, Right::Steer, Right::Approve])
            }
        }
    }
}

impl Default for RoomRules {
    fn default() -> Self {
        Self {
            consensus: false,
            owner_always_votes: true,
            override_allowed: true,
            driver_decides: false,
            absence: Some(limits::ABSENCE),
            plan_first: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gr1_presets_are_what_the_rule_says() {
        use Right::{Approve, See, Steer, Suggest, Vote};
        assert_eq!(Preset::Observer.rights(), Rights::of([See]));
        assert_eq!(Preset::Reviewer.rights(), Rights::of([See, Vote]));
        assert_eq!(Preset::Guest.rights(), Rights::of([See, Suggest]));
        assert_eq!(Preset::Collaborator.rights(), Rights::of([See, Vote, Suggest, Steer]));
        assert_eq!(Preset::CoHost.rights(), Rights::of([See, Vote, Suggest, Steer, Approve]));
        assert!([Preset::Observer, Preset::CoHost].iter().all(|p| !p.rights().has(Right::Own)));
    }
}
