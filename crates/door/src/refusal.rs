/// Why the door stays shut, or the owner's order can't be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("This invite is not known here. Ask for a new one.")]
    InviteUnknown,
    #[error("This invite has been used. Ask for a new one.")]
    InviteSpent,
    #[error("This invite has expired. Ask for a new one.")]
    InviteExpired,
    #[error("The owner does not let browser guests in here. Use the Conclave app.")]
    BrowserGuestsOff,
    #[error("Too many people are waiting by this invite. Try again when some have been answered.")]
    DoorCrowded,
    #[error("This device was removed from this host. Start again with a new credential and a new invite.")]
    DeviceRevoked,
    #[error("This device belongs to somebody else here. Use another browser or profile.")]
    DeviceTaken,
    #[error("There is no such share.")]
    ShareUnknown,
    #[error("Nobody is waiting at the door by that name any more.")]
    KnockUnknown,
    #[error("There is no such person here.")]
    PersonUnknown,
    #[error("There is no such device.")]
    DeviceUnknown,
    #[error("No fork waits for an answer.")]
    ForkUnknown,
    #[error("A share needs at least one workspace.")]
    NoWorkspaces,
    #[error("What only the owner may do can't be shared.")]
    OwnersRight,
    #[error("That time is past. Nothing was changed.")]
    InThePast,
    #[error("An invite is good for 1 to 100 uses and for at most 30 days.")]
    InviteTerms,
    #[error("This host is yours: you can't leave it.")]
    OwnerStays,
}
