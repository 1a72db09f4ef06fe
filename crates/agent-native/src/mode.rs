use serde::{Deserialize, Serialize};

/// What may be done without asking; the host's catalogue knows these by their ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    #[default]
    Default,
    Plan,
    AcceptEdits,
    Bypass,
}

/// What a tool does, as far as leave for it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Look,
    Edit,
    Run,
    Fetch,
    /// What a server of tools does; nothing is known of it.
    Foreign,
    /// It asks people itself.
    Talk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    Free,
    Ask,
    Refused,
}

impl Mode {
    pub const ALL: [Mode; 4] = [Mode::Default, Mode::Plan, Mode::AcceptEdits, Mode::Bypass];

    pub fn id(self) -> &'static str {
        match self {
            Mode::Default => "default",
            Mode::Plan => "plan",
            Mode::AcceptEdits => "accept-edits",
            Mode::Bypass => "bypass",
        }
    }

    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.id() == id)
    }

    pub fn name(self) -> &'static str {
        match self {
            Mode::Default => "Default",
            Mode::Plan => "Plan",
            Mode::AcceptEdits => "Accept edits",
            Mode::Bypass => "Bypass",
        }
    }

    pub fn about(self) -> &'static str {
        match self {
            Mode::Default => "Asks before each edit, command and fetch",
            Mode::Plan => "Makes a plan and edits nothing",
            Mode::AcceptEdits => "Edits without asking; asks before commands and fetches",
            Mode::Bypass => "Asks for nothing",
        }
    }

    pub fn leave(self, deed: Deed) -> Leave {
        match (self, deed) {
            (_, Deed::Look | Deed::Talk) | (Mode::Bypass, _) | (Mode::AcceptEdits, Deed::Edit) => Leave::Free,
            (Mode::Plan, Deed::Edit) => Leave::Refused,
            (Mode::Default, Deed::Edit)
            | (Mode::Default | Mode::Plan | Mode::AcceptEdits, Deed::Run | Deed::Fetch | Deed::Foreign) => {
                Leave::Ask
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_back_to_their_modes() {
        for mode in Mode::ALL {
            assert_eq!(Mode::of(mode.id()), Some(mode));
            assert_eq!(serde_json::to_value(mode).unwrap(), mode.id());
        }
        assert_eq!(Mode::of("yolo"), None);
    }

    #[test]
    fn a_stricter_mode_never_lets_more_through() {
        let rank = |leave: Leave| match leave {
            Leave::Refused => 0,
            Leave::Ask => 1,
            Leave::Free => 2,
        };
        let order = [Mode::Plan, Mode::Default, Mode::AcceptEdits, Mode::Bypass];
        for deed in [Deed::Look, Deed::Edit, Deed::Run, Deed::Fetch, Deed::Foreign, Deed::Talk] {
            assert!(order.windows(2).all(|pair| rank(pair[0].leave(deed)) <= rank(pair[1].leave(deed))));
        }
        assert_eq!(Mode::Plan.leave(Deed::Edit), Leave::Refused);
        assert_eq!(Mode::AcceptEdits.leave(Deed::Run), Leave::Ask);
    }
}
