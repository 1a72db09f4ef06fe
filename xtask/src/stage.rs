use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::Selection;
use crate::checkout::{Checkout, in_ci};
use crate::child;
use crate::progress::{Step, say};
use crate::tally::Tally;

/// One row of the gate or of `prove`. To add a stage, add a row.
pub struct Stage {
    pub name: &'static str,
    pub about: &'static str,
    pub run: fn(&Scene) -> Result<Verdict>,
    pub skipping: Skipping,
}

/// What a skip means where `CI` is set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Skipping {
    Allowed,
    FailsInCi,
}

#[derive(Debug)]
pub enum Verdict {
    Passed,
    /// With the reason, as a person reads it.
    Skipped(String),
}

pub fn skipped(why: impl Into<String>) -> Result<Verdict> {
    Ok(Verdict::Skipped(why.into()))
}

/// What a stage is given: the checkout and a log of its own.
pub struct Scene<'a> {
    pub checkout: &'a Checkout,
    pub log: PathBuf,
}

impl Scene<'_> {
    pub fn step(&self, title: impl Into<String>, command: &mut Command) -> Result<()> {
        command.env("NO_COLOR", "1").env("CARGO_TERM_COLOR", "never");
        Step::new(title, &self.log).run(command)
    }

    /// Cargo with clippy's compiler for our own crates, so that they are linted by the build that
    /// makes the tests. `cargo clippy` would compile every dependency a second time.
    pub fn cargo(&self) -> Command {
        let mut cargo = self.checkout.cargo();
        cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver").env("CLIPPY_ARGS", "-Dwarnings");
        cargo
    }
}

pub fn perform(checkout: &Checkout, stages: &[Stage], selection: &Selection) -> Result<ExitCode> {
    if selection.list {
        stages.iter().for_each(|stage| say(format!("{:<10} {}", stage.name, stage.about)));
        return Ok(ExitCode::SUCCESS);
    }
    let mut rows = Vec::new();
    for stage in chosen(stages, &selection.only)? {
        rows.push(play(checkout, stage));
        if child::interrupted() {
            bail!("interrupted");
        }
    }
    report(&rows);
    if rows.iter().any(Row::failed) {
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn chosen<'a>(stages: &'a [Stage], only: &[String]) -> Result<Vec<&'a Stage>> {
    if let Some(unknown) = only.iter().find(|name| stages.iter().all(|stage| stage.name != *name)) {
        bail!("there is no stage {unknown}; `--list` shows them");
    }
    Ok(stages.iter().filter(|stage| only.is_empty() || only.iter().any(|name| name == stage.name)).collect())
}

struct Row {
    name: &'static str,
    outcome: Outcome,
    tally: Tally,
    elapsed: Duration,
}

enum Outcome {
    Passed,
    Failed,
    Skipped(String),
}

impl Row {
    fn failed(&self) -> bool {
        matches!(self.outcome, Outcome::Failed)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed => out.pad("passed"),
            Self::Failed => out.pad("FAILED"),
            Self::Skipped(_) => out.pad("skipped"),
        }
    }
}

fn play(checkout: &Checkout, stage: &Stage) -> Row {
    say(format!("\n== {}: {}", stage.name, stage.about));
    let scene = Scene { checkout, log: checkout.log(stage.name) };
    let _ = fs::remove_file(&scene.log);
    let start = Instant::now();
    let outcome = judge(stage, (stage.run)(&scene));
    let counted = Tally::read(&fs::read_to_string(&scene.log).unwrap_or_default());
    Row { name: stage.name, tally: settle(&outcome, counted), outcome, elapsed: start.elapsed() }
}

fn judge(stage: &Stage, verdict: Result<Verdict>) -> Outcome {
    match verdict {
        Ok(Verdict::Passed) => Outcome::Passed,
        Ok(Verdict::Skipped(why)) if stage.skipping == Skipping::FailsInCi && in_ci() => {
            say(format!("must not be skipped in CI: {why}"));
            Outcome::Failed
        }
        Ok(Verdict::Skipped(why)) => {
            say(format!("skipped: {why}"));
            Outcome::Skipped(why)
        }
        Err(error) => {
            say(format!("{error:#}"));
            Outcome::Failed
        }
    }
}

// A stage that counts no tests counts as one; so does a failure that no test explains.
fn settle(outcome: &Outcome, counted: Tally) -> Tally {
    match outcome {
        Outcome::Passed if counted.passed == 0 => Tally::new(1, 0),
        Outcome::Passed => counted,
        Outcome::Failed => Tally::new(counted.passed, counted.failed.max(1)),
        // What ran before something was missing.
        Outcome::Skipped(_) => counted,
    }
}

fn report(rows: &[Row]) {
    say(format!("\n{:<10} {:<8} {:>8} {:>7} {:>7}", "stage", "result", "seconds", "passed", "failed"));
    for row in rows {
        let seconds = row.elapsed.as_secs_f32();
        let (passed, failed) = (row.tally.passed, row.tally.failed);
        let line = format!("{:<10} {:<8} {seconds:>8.1} {passed:>7} {failed:>7}", row.name, row.outcome);
        match &row.outcome {
            Outcome::Skipped(why) => say(format!("{line}  skipped: {why}")),
            Outcome::Passed | Outcome::Failed => say(line),
        }
    }
    let total = rows.iter().fold(Tally::default(), |sum, row| sum.plus(row.tally));
    let elapsed: Duration = rows.iter().map(|row| row.elapsed).sum();
    say(format!("\n{} min {:02} s", elapsed.as_secs() / 60, elapsed.as_secs() % 60));
    say(format!("{} passed, {} failed", total.passed, total.failed));
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAGES: [Stage; 2] = [stage("one"), stage("two")];

    const fn stage(name: &'static str) -> Stage {
        Stage { name, about: "", run: |_| Ok(Verdict::Passed), skipping: Skipping::Allowed }
    }

    #[test]
    fn only_takes_the_named_stages_in_table_order() {
        let only = ["two".to_owned()];
        let names: Vec<_> = chosen(&STAGES, &only).unwrap().iter().map(|s| s.name).collect();
        assert_eq!(names, ["two"]);
        assert!(chosen(&STAGES, &["three".to_owned()]).is_err());
        assert_eq!(chosen(&STAGES, &[]).unwrap().len(), 2);
    }

    #[test]
    fn a_failure_without_a_failed_test_still_counts() {
        let tally = settle(&Outcome::Failed, Tally::new(7, 0));
        assert_eq!((tally.passed, tally.failed), (7, 1));
    }

    #[test]
    fn a_stage_without_tests_counts_as_one() {
        let tally = settle(&Outcome::Passed, Tally::default());
        assert_eq!((tally.passed, tally.failed), (1, 0));
    }
}
