use std::fmt;
use std::str::FromStr;

const DIGITS: usize = 6;
const CODES: u64 = 1_000_000;

/// Six digits that one person reads out and another types. Shown only on purpose.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

/// The text is not a code.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("A pairing code is six digits, as the host shows them.")]
pub struct CodeMalformed;

impl Code {
    /// Every code is as likely as any other: 2⁶⁴ is so much more than a million that the rest tells
    /// nothing.
    pub fn pick(random: u64) -> Self {
        Self(format!("{:06}", random % CODES))
    }

    /// The six digits.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// People type spaces and dashes between groups.
impl FromStr for Code {
    type Err = CodeMalformed;

    fn from_str(text: &str) -> Result<Self, CodeMalformed> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let good = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        good.then_some(Self(digits)).ok_or(CodeMalformed)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Code(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_type_them() {
        for text in ["004211", " 004 211\n", "004-211"] {
            assert_eq!(text.parse::<Code>().unwrap().reveal(), "004211");
        }
        for text in ["", "00421", "0042111", "00421a", "٠٠٤٢١١", "+04211"] {
            assert_eq!(text.parse::<Code>(), Err(CodeMalformed), "{text}");
        }
    }

    #[test]
    fn pa3_a_picked_code_has_six_digits_and_hides_itself() {
        for random in [0, 7, 999_999, 1_000_000, u64::MAX] {
            let code = Code::pick(random);
            assert_eq!(code.reveal().parse::<Code>().unwrap(), code);
        }
        assert_eq!(format!("{:?}", Code::pick(7)), "Code(…)");
    }
}
