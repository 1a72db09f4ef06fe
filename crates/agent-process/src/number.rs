//! Numbers that agents tell (AG7).

use serde_json::Value;

const MICROS: f64 = 1_000_000.0;

/// A bad number counts 0.
pub fn count(number: &Value) -> u64 {
    number.as_u64().or_else(|| number.as_f64().and_then(rounded)).unwrap_or(0)
}

/// Money in millionths of what it is told in.
pub fn micros(amount: &Value) -> Option<u64> {
    rounded(amount.as_f64()? * MICROS)
}

fn rounded(number: f64) -> Option<u64> {
    // 2^53: beyond it a float is no count.
    let good = number.is_finite() && number > 0.0 && number < 9_007_199_254_740_992.0;
    good.then(|| number.round() as u64)
}
