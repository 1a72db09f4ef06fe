//! How much somebody's turns may take.

/// Of tokens, or of millionths of a dollar; none is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Most(pub Option<u64>);

#[derive(Debug, thiserror::Error)]
#[error("say how much, more than nothing, or none")]
pub(crate) struct NotAnAmount;

const NONE: &str = "none";
const MICROS: f64 = 1_000_000.0;
const MOST_DOLLARS: f64 = 1_000_000_000.0;

pub(super) fn tokens(text: &str) -> Result<Most, NotAnAmount> {
    if text == NONE {
        return Ok(Most(None));
    }
    let tokens = text.parse().ok().filter(|tokens| *tokens > 0);
    tokens.map(|tokens| Most(Some(tokens))).ok_or(NotAnAmount)
}

pub(super) fn dollars(text: &str) -> Result<Most, NotAnAmount> {
    if text == NONE {
        return Ok(Most(None));
    }
    let dollars: f64 = text.trim_start_matches('$').parse().map_err(|_| NotAnAmount)?;
    if !(dollars > 0.0 && dollars <= MOST_DOLLARS) {
        return Err(NotAnAmount);
    }
    let micros = format!("{:.0}", dollars * MICROS).parse().ok().filter(|micros| *micros > 0);
    micros.map(|micros| Most(Some(micros))).ok_or(NotAnAmount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_more_than_nothing_or_none() {
        assert_eq!(tokens("200000").unwrap(), Most(Some(200_000)));
        assert_eq!(dollars("2.50").unwrap(), Most(Some(2_500_000)));
        assert_eq!((tokens("none").unwrap(), dollars("none").unwrap()), (Most(None), Most(None)));
        for bad in ["", "0", "-1", "NaN", "inf", "much", "0.0000001"] {
            assert!(tokens(bad).is_err() && dollars(bad).is_err(), "{bad}");
        }
    }
}
