use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the owner has set for the whole host. A log without it has the defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct HostSettings {
    /// New shares ask for a unanimous vote on plans unless told otherwise.
    pub consensus_by_default: bool,
    /// Says in the network that this host is there, while it shares something (PA3).
    pub nearby: bool,
}

impl Default for HostSettings {
    fn default() -> Self {
        Self { consensus_by_default: false, nearby: true }
    }
}
