use model::{Budget, DisplayName, PersonId, SessionId, Spending, Usage};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the turns of one session took (AG7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SessionSpending {
    pub session: SessionId,
    pub spending: Spending,
}

/// What somebody is called, also after they have gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonName {
    pub person: PersonId,
    pub name: DisplayName,
}

/// What somebody's turns may take, and have taken; `together`: those of all who are or were in the share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Allowance {
    pub budget: Budget,
    pub taken: Usage,
    #[serde(default)]
    pub together: bool,
}
