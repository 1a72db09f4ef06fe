use std::fmt;
use std::str::FromStr;

/// The id of a git object: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits. GR7: being of this
/// type is what lets a value be a command argument.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Oid(String);

/// The text is not an object id.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a git object id")]
pub struct OidMalformed;

impl Oid {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Oid {
    type Err = OidMalformed;

    fn from_str(text: &str) -> Result<Self, OidMalformed> {
        let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if !matches!(text.len(), 40 | 64) || !text.bytes().all(hex) {
            return Err(OidMalformed);
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gr7_only_whole_hex_ids_become_an_oid() {
        let good = "0123456789abcdef0123456789abcdef01234567";
        assert_eq!(good.parse::<Oid>().unwrap().as_str(), good);
        for bad in [
            "",
            "HEAD",
            "--upload-pack=x",
            "0123",
            "0123456789ABCDEF0123456789abcdef01234567",
            "0123456789abcdef0123456789abcdef0123456\n",
        ] {
            assert_eq!(bad.parse::<Oid>(), Err(OidMalformed), "{bad:?}");
        }
    }
}
