use std::fs;
use std::path::Path;
use std::thread::available_parallelism;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::cpu;

/// One figure. `ratio` is `value` over `baseline`, or the other way round where more is better: up to
/// 1 the house costs nothing, and more is what it adds.
#[derive(Debug, Serialize)]
pub struct Row {
    pub name: &'static str,
    pub value: f64,
    pub unit: &'static str,
    /// In the same unit.
    pub baseline: f64,
    pub ratio: f64,
    /// What the baseline is, and what is asked of the row.
    #[serde(skip)]
    pub beside: &'static str,
}

pub struct Report {
    rows: Vec<Row>,
    load_before: Option<f64>,
}

impl Row {
    /// Less is better.
    pub fn cost(name: &'static str, unit: &'static str, (value, baseline): (f64, f64)) -> Self {
        Self { name, value, unit, baseline, ratio: over(value, baseline), beside: "" }
    }

    /// More is better.
    pub fn rate(name: &'static str, unit: &'static str, (value, baseline): (f64, f64)) -> Self {
        Self { name, value, unit, baseline, ratio: over(baseline, value), beside: "" }
    }

    pub fn beside(self, beside: &'static str) -> Self {
        Self { beside, ..self }
    }
}

fn over(upper: f64, lower: f64) -> f64 {
    if lower == 0.0 { 0.0 } else { upper / lower }
}

impl Report {
    pub fn begin() -> Self {
        Self { rows: Vec::new(), load_before: cpu::load() }
    }

    pub fn add(&mut self, rows: Vec<Row>) {
        self.rows.extend(rows);
    }

    pub fn print(&self) {
        println!("{:<18} {:>12} {:<10} {:>12} {:>7}  beside", "name", "value", "unit", "baseline", "ratio");
        for row in &self.rows {
            let Row { name, value, unit, baseline, ratio, beside } = row;
            println!("{name:<18} {value:>12.2} {unit:<10} {baseline:>12.2} {ratio:>7.2}  {beside}");
        }
        let cores = available_parallelism().map_or(1, usize::from);
        println!("\n{cores} cores, {} {}", std::env::consts::OS, std::env::consts::ARCH);
        if let Some(load) = self.load_before.filter(|load| *load > cores as f64 / 4.0) {
            println!(
                "warning: the machine was busy before this began (load {load:.1}): ratios hold better than values"
            );
        }
    }

    pub fn write(&self, file: &Path) -> Result<()> {
        let json = serde_json::to_vec_pretty(&self.rows)?;
        fs::write(file, json).with_context(|| format!("writing {}", file.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_above_one_is_what_the_house_adds() {
        assert_eq!(Row::cost("a", "ms", (3.0, 2.0)).ratio, 1.5);
        assert_eq!(Row::rate("a", "per s", (2.0, 3.0)).ratio, 1.5);
        assert_eq!(Row::cost("a", "ms", (3.0, 0.0)).ratio, 0.0);
    }

    #[test]
    fn the_json_is_an_array_of_five_fields_each() {
        let json = serde_json::to_value([Row::cost("a", "ms", (3.0, 2.0)).beside("x")]).unwrap();
        let row = serde_json::json!({"name": "a", "value": 3.0, "unit": "ms", "baseline": 2.0, "ratio": 1.5});
        assert_eq!(json, serde_json::json!([row]));
    }
}
