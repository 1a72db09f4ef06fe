use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::limits;

/// What a program in a terminal has to draw on, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TerminalSize {
    pub columns: u16,
    pub rows: u16,
}

/// How a terminal's shell ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TerminalExit {
    pub code: u32,
    /// The system's word for the signal that ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub signal: Option<String>,
}

impl TerminalSize {
    /// A window that is being dragged may name none; programs divide by it.
    #[must_use]
    pub fn clamped(self) -> Self {
        let side = |cells: u16| cells.clamp(1, limits::TERMINAL_SIDE);
        Self { columns: side(self.columns), rows: side(self.rows) }
    }
}
