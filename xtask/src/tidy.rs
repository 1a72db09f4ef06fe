//! The house rules, checked. Each rule is a function from what is there to findings.

mod edges;
mod finding;
mod golden;
mod migrations;
mod paths;
mod rust_code;
mod rust_tests;
mod sources;
mod spec;
mod text;
mod typescript;

use std::process::ExitCode;

use anyhow::Result;

use crate::checkout::Checkout;
use crate::progress::say;
use finding::Finding;
pub use sources::Sources;

type Rule = fn(&Sources) -> Vec<Finding>;

const RULES: [Rule; 7] = [
    rust_code::check,
    text::check,
    typescript::check,
    spec::check,
    golden::check,
    migrations::check,
    paths::check,
];

pub fn tidy(checkout: &Checkout) -> Result<ExitCode> {
    let findings = findings(checkout)?;
    if findings.is_empty() {
        say("tidy: nothing to mend");
        return Ok(ExitCode::SUCCESS);
    }
    say(render(&findings));
    Ok(ExitCode::FAILURE)
}

pub fn findings(checkout: &Checkout) -> Result<Vec<Finding>> {
    let sources = Sources::read(checkout)?;
    let mut findings = edges::check(&edges::members(checkout)?);
    findings.extend(RULES.iter().flat_map(|rule| rule(&sources)));
    findings.sort();
    Ok(findings)
}

pub fn render(findings: &[Finding]) -> String {
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    format!("{}\ntidy: {} to mend", lines.join("\n"), findings.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_checkout_is_tidy() {
        let checkout = Checkout::find().unwrap();
        let findings = findings(&checkout).unwrap();
        assert!(findings.is_empty(), "{}", render(&findings));
    }
}
