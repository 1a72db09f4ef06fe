/// A protocol version, negotiated as a WebSocket sub-protocol string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// First version.
    V1,
}

impl Version {
    /// Newest first: the order in which a client offers them.
    pub const ALL: &'static [Self] = &[Self::V1];

    pub const fn sub_protocol(self) -> &'static str {
        match self {
            Self::V1 => "conclave.v1",
        }
    }

    /// The newest version that both sides know, from a `Sec-WebSocket-Protocol` list.
    pub fn negotiate(offered: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|version| offered.split(',').any(|protocol| protocol.trim() == version.sub_protocol()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pa10_versions_are_negotiated_newest_first() {
        assert_eq!(Version::negotiate("conclave.v9, conclave.v1"), Some(Version::V1));
        assert_eq!(Version::negotiate("graphql-ws"), None);
        assert_eq!(Version::negotiate(""), None);
    }

    #[test]
    fn pa10_the_list_of_versions_is_complete_and_newest_first() {
        fn position(version: Version) -> usize {
            match version {
                Version::V1 => 0,
            }
        }
        let positions: Vec<usize> = Version::ALL.iter().map(|v| position(*v)).collect();
        assert_eq!(positions, (0..Version::ALL.len()).collect::<Vec<_>>());
    }
}
