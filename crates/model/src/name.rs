use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::limits::NAME_CHARS;

/// What a person is called: 1–40 visible characters, trimmed, no control or bidi characters (RO4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct DisplayName(String);

/// Why a text can't be a display name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NameRefused {
    #[error("A name needs at least one visible character.")]
    Empty,
    #[error("A name has at most {NAME_CHARS} characters.")]
    TooLong,
    #[error("A name can't contain control or text-direction characters.")]
    Unprintable,
}

impl DisplayName {
    pub fn parse(text: &str) -> Result<Self, NameRefused> {
        let text = text.trim();
        if text.chars().any(|c| c.is_control() || is_invisible(c)) {
            return Err(NameRefused::Unprintable);
        }
        match text.chars().count() {
            0 => Err(NameRefused::Empty),
            1..=NAME_CHARS => Ok(Self(text.to_owned())),
            _ => Err(NameRefused::TooLong),
        }
    }

    /// `Bea` → `Bea 2`, `Bea 3`, …: the first that `taken` does not hold, letter case ignored.
    pub fn unique(&self, taken: &[DisplayName]) -> Self {
        let free = |name: &DisplayName| taken.iter().all(|other| !other.looks_like(name));
        if free(self) {
            return self.clone();
        }
        (2..).map(|n| self.numbered(n)).find(free).unwrap_or_else(|| self.clone())
    }

    /// Same name to a reader's eye: letter case and inner spaces do not tell people apart.
    pub fn looks_like(&self, other: &Self) -> bool {
        let plain = |name: &Self| {
            name.0.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>()
        };
        plain(self) == plain(other)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn numbered(&self, n: u32) -> Self {
        let suffix = format!(" {n}");
        let room = NAME_CHARS - suffix.chars().count();
        let stem: String = self.0.chars().take(room).collect();
        Self(format!("{}{suffix}", stem.trim_end()))
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}

impl TryFrom<String> for DisplayName {
    type Error = NameRefused;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<DisplayName> for String {
    fn from(name: DisplayName) -> Self {
        name.0
    }
}

impl fmt::Display for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ro4_names_are_trimmed_and_bounded() {
        assert_eq!(DisplayName::parse("  Bea ").unwrap().as_str(), "Bea");
        assert_eq!(DisplayName::parse("   "), Err(NameRefused::Empty));
        assert_eq!(DisplayName::parse(&"x".repeat(41)), Err(NameRefused::TooLong));
        assert!(DisplayName::parse(&"é".repeat(40)).is_ok());
    }

    #[test]
    fn ro4_control_and_bidi_characters_are_refused() {
        for bad in ["a\u{202E}b", "a\u{0007}b", "\u{200B}", "a\nb", "\u{2066}x"] {
            assert_eq!(DisplayName::parse(bad), Err(NameRefused::Unprintable), "{bad:?}");
        }
    }

    #[test]
    fn ro4_equal_names_are_told_apart() {
        let bea = DisplayName::parse("Bea").unwrap();
        let second = DisplayName::parse("bea").unwrap().unique(std::slice::from_ref(&bea));
        assert_eq!(second.as_str(), "bea 2");
        let third = bea.unique(&[bea.clone(), second]);
        assert_eq!(third.as_str(), "Bea 3");
        let long = DisplayName::parse(&"x".repeat(40)).unwrap();
        assert_eq!(long.unique(std::slice::from_ref(&long)).as_str().chars().count(), 40);
    }
}
