use std::collections::BTreeSet;

use super::finding::Finding;
use super::rust_tests::{self, is_test_file};
use super::sources::Sources;

// Written in two halves, so that this file passes its own check.
const UNFINISHED: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("dbg", "!("),
];
const BARE_ALLOW: [&str; 2] = [concat!("#[al", "low("), concat!("#![al", "low(")];
const SLEEPS: [&str; 4] = [
    concat!("thread::sl", "eep"),
    concat!("time::sl", "eep"),
    concat!("tokio::sl", "eep"),
    concat!("waitFor", "Timeout"),
];
const CODE: [&str; 9] = [".rs", ".ts", ".tsx", ".js", ".mjs", ".css", ".sql", ".sh", ".html"];

pub fn check(sources: &Sources) -> Vec<Finding> {
    sources
        .texts()
        .filter(|(path, _)| CODE.iter().any(|ending| path.ends_with(ending)))
        .flat_map(|(path, text)| check_file(path, text))
        .collect()
}

fn check_file(path: &str, text: &str) -> Vec<Finding> {
    let tests = test_lines(path, text);
    let mut findings = Vec::new();
    for (at, line) in (1..).zip(text.lines()) {
        if let Some(word) = UNFINISHED.iter().find(|word| has_word(line, word)) {
            findings.push(Finding::new(
                path,
                at,
                format!("{word}: finish it, or write an issue and take it out"),
            ));
        }
        if path.ends_with(".rs") && BARE_ALLOW.iter().any(|allow| line.contains(allow)) {
            findings.push(Finding::new(
                path,
                at,
                "use #[expect(lint, reason = \"…\")]: it fails when it is no longer needed",
            ));
        }
        if tests.contains(&at) && SLEEPS.iter().any(|sleep| line.contains(sleep)) {
            findings.push(Finding::new(
                path,
                at,
                "a test waits for a fact, never for time (paused tokio time is fine)",
            ));
        }
    }
    findings
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let joined = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !joined(before) && (word.ends_with('(') || !joined(after))
    })
}

fn test_lines(path: &str, text: &str) -> BTreeSet<usize> {
    let whole = || (1..=text.lines().count()).collect();
    if !path.ends_with(".rs") {
        return match is_script_test(path) {
            true => whole(),
            false => BTreeSet::new(),
        };
    }
    if has_paused_time(text) {
        return BTreeSet::new();
    }
    if is_test_file(path) {
        return whole();
    }
    syn::parse_file(text).map_or_else(|_| BTreeSet::new(), |file| rust_tests::lines_of(&file))
}

fn is_script_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains(".test.") || path.contains("/test/")
}

fn has_paused_time(text: &str) -> bool {
    text.contains("start_paused = true") || text.contains("time::pause()")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_work_is_refused() {
        for word in UNFINISHED {
            assert_eq!(check_file("a.rs", &format!("// {word} x\n")).len(), 1, "{word}");
        }
        assert_eq!(check_file("a.ts", &format!("// {}: x", UNFINISHED[0])).len(), 1);
        assert!(check_file("a.rs", "struct TodoWrite; // to-do list").is_empty());
    }

    #[test]
    fn a_bare_allow_is_refused() {
        let bare = format!("{}dead_code)]\nfn f() {{}}\n", BARE_ALLOW[0]);
        assert_eq!(check_file("a.rs", &bare).len(), 1);
        assert!(check_file("a.rs", "#[expect(dead_code, reason = \"x\")]\nfn f() {}\n").is_empty());
    }

    #[test]
    fn a_sleep_is_refused_in_tests_only() {
        let product = format!("fn f() {{ {}(d) }}\n", SLEEPS[0]);
        assert!(check_file("crates/x/src/a.rs", &product).is_empty());
        assert_eq!(check_file("crates/x/tests/a.rs", &product).len(), 1);
        let inline = format!("#[cfg(test)]\nmod tests {{\n{product}}}\n");
        assert_eq!(check_file("crates/x/src/a.rs", &inline).len(), 1);
        let script = format!("await page.{}(9)\n", SLEEPS[3]);
        assert_eq!(check_file("tests/browser/a.mjs", &script).len(), 1);
    }

    #[test]
    fn paused_time_may_pass() {
        let paused =
            format!("#[tokio::test(start_paused = true)]\nasync fn f() {{ {}(d).await }}\n", SLEEPS[1]);
        assert!(check_file("crates/x/tests/a.rs", &paused).is_empty());
    }
}
