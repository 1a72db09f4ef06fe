/// Why the host closes a socket: WebSocket close codes 4400–4499. Numbers are never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u16)]
pub enum CloseCode {
    /// Not JSON-RPC, not text, or larger than a frame may be.
    BadFrame = 4400,
    /// No good credential.
    NotPaired = 4401,
    /// The grant behind this connection is void (SH5).
    Revoked = 4403,
    /// No hello within its time (PA6).
    HelloLate = 4408,
    /// No version in common.
    Version = 4410,
    /// Over a limit of PA6.
    Rate = 4429,
    /// The owner stops the host.
    HostStopping = 4450,
    /// The log behind a subscription could not be read on.
    Storage = 4451,
    /// Of a window's pipe to another host: who answers there has another key than it was paired with (PA5).
    KeyChanged = 4460,
    /// Of a window's pipe to another host: nobody answers there, or the connection was lost.
    Unreachable = 4461,
}

impl CloseCode {
    pub const ALL: &'static [Self] = &[
        Self::BadFrame,
        Self::NotPaired,
        Self::Revoked,
        Self::HelloLate,
        Self::Version,
        Self::Rate,
        Self::HostStopping,
        Self::Storage,
        Self::KeyChanged,
        Self::Unreachable,
    ];

    pub const fn number(self) -> u16 {
        self as u16
    }

    /// Time alone can mend it, so a client dials again (PA9).
    pub const fn worth_retrying(self) -> bool {
        match self {
            Self::HelloLate | Self::Rate | Self::HostStopping | Self::Storage | Self::Unreachable => true,
            Self::BadFrame | Self::NotPaired | Self::Revoked | Self::Version | Self::KeyChanged => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pa9_only_what_time_can_mend_is_retried() {
        let retried: Vec<u16> =
            CloseCode::ALL.iter().filter(|c| c.worth_retrying()).map(|c| c.number()).collect();
        assert_eq!(retried, [4408, 4429, 4450, 4451, 4461]);
        assert!(CloseCode::ALL.iter().all(|c| (4400..4500).contains(&c.number())));
    }
}
