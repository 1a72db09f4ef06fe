//! Medians of few rounds, and quantiles of many samples.

pub fn median(mut samples: Vec<f64>) -> f64 {
    quantile(&mut samples, 0.5)
}

/// Sorts the samples; 0 when there are none.
pub fn quantile(samples: &mut [f64], at: f64) -> f64 {
    samples.sort_by(f64::total_cmp);
    let last = samples.len().saturating_sub(1);
    let index = (last as f64 * at).round() as usize;
    samples.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_samples() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(quantile(&mut [4.0, 1.0, 3.0, 2.0, 5.0], 0.99), 5.0);
        assert_eq!(quantile(&mut [], 0.5), 0.0);
    }
}
