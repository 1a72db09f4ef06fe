use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the owner has set for the whole host. A log without it has the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct HostSettings {
    /// New shares ask for a unanimous vote on plans unless told otherwise.
    pub consensus_by_default: bool,
}
