/// How many tests a runner says it ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    pub const fn new(passed: u64, failed: u64) -> Self {
        Self { passed, failed }
    }

    pub const fn plus(self, other: Self) -> Self {
        Self::new(self.passed + other.passed, self.failed + other.failed)
    }

    /// Sums the closing lines of nextest, `cargo test`, vitest and `node --test` in a log.
    pub fn read(log: &str) -> Self {
        log.lines().filter_map(read_line).fold(Self::default(), Self::plus)
    }
}

// Nextest indents what a failed test printed, and that has a closing line of its own.
fn read_line(line: &str) -> Option<Tally> {
    let text = line.trim();
    nextest(text).or_else(|| cargo_test(line)).or_else(|| vitest(text)).or_else(|| node_test(text))
}

// Summary [   0.2s] 41 tests run: 40 passed (1 slow), 1 failed, 2 timed out, 3 skipped
fn nextest(line: &str) -> Option<Tally> {
    let rest = line.strip_prefix("Summary [")?;
    let (_, counts) = rest.split_once(" run: ")?;
    let failed = before(counts, "failed") + before(counts, "timed out") + before(counts, "exec failed");
    Some(Tally::new(before(counts, "passed"), failed))
}

// test result: FAILED. 3 passed; 1 failed; 0 ignored; …
fn cargo_test(line: &str) -> Option<Tally> {
    let counts = line.strip_prefix("test result: ")?;
    Some(Tally::new(before(counts, "passed"), before(counts, "failed")))
}

// Tests  1 failed | 11 passed (12)
fn vitest(line: &str) -> Option<Tally> {
    let counts = line.strip_prefix("Tests ")?;
    let tally = Tally::new(before(counts, "passed"), before(counts, "failed"));
    (tally != Tally::default()).then_some(tally)
}

// # pass 3   or   ℹ fail 0
fn node_test(line: &str) -> Option<Tally> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let ["#" | "ℹ", which, count] = words[..] else {
        return None;
    };
    let count = count.parse().ok()?;
    match which {
        "pass" => Some(Tally::new(count, 0)),
        "fail" => Some(Tally::new(0, count)),
        _ => None,
    }
}

/// The lines of a log that name a failed test, each with what the runner says right after it. A log may end with
/// a hundred tests that passed.
pub fn failures(log: &str) -> Vec<String> {
    const REASON: usize = 24;
    let lines: Vec<&str> = log.lines().collect();
    let mut named = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let reason = match line.trim() {
            text if text.starts_with("not ok ") => REASON,
            text if text.starts_with("FAIL ") || text.starts_with("TIMEOUT ") => 0,
            _ => continue,
        };
        named.extend(lines[at..lines.len().min(at + 1 + reason)].iter().map(|line| (*line).to_owned()));
    }
    named
}

/// The number in front of `word`, or 0.
fn before(text: &str, word: &str) -> u64 {
    text.match_indices(word)
        .find_map(|(at, _)| {
            let number = text[..at].trim_end();
            let start = number.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
            number[start..].parse().ok()
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_is_read() {
        let log =
            "     Summary [   0.2s] 43 tests run: 40 passed (1 slow), 1 failed, 2 timed out, 3 skipped\n";
        assert_eq!(Tally::read(log), Tally::new(40, 3));
    }

    #[test]
    fn what_nextest_repeats_of_a_failed_test_is_not_counted() {
        let log = "    test result: FAILED. 0 passed; 1 failed; 0 ignored\n\
                   Summary [   0.2s] 1 test run: 0 passed, 1 failed, 0 skipped\n";
        assert_eq!(Tally::read(log), Tally::new(0, 1));
    }

    #[test]
    fn cargo_test_is_summed_over_binaries() {
        let log = "test result: ok. 3 passed; 0 failed; 0 ignored\n\
                   test result: FAILED. 1 passed; 2 failed; 0 ignored\n";
        assert_eq!(Tally::read(log), Tally::new(4, 2));
    }

    #[test]
    fn vitest_is_read_and_its_files_are_not() {
        let log = " Test Files  2 passed (2)\n      Tests  1 failed | 11 passed (12)\n";
        assert_eq!(Tally::read(log), Tally::new(11, 1));
    }

    #[test]
    fn node_test_is_read_in_both_looks() {
        assert_eq!(Tally::read("# pass 3\n# fail 1\n"), Tally::new(3, 1));
        assert_eq!(Tally::read("ℹ tests 2\nℹ pass 2\nℹ fail 0\n"), Tally::new(2, 0));
    }

    #[test]
    fn a_failed_test_is_named_however_many_pass_after_it() {
        let passed = "ok 2 - another\n".repeat(60);
        let log = format!("ok 1 - one\nnot ok 2 - two\n  error: it broke\n{passed}# fail 1\n");
        let named = failures(&log);
        assert_eq!(named[..2], ["not ok 2 - two", "  error: it broke"]);
        assert!(named.len() < 30);
        assert_eq!(
            failures("        FAIL [   0.1s] sim::it s1\n  PASS x\n"),
            ["        FAIL [   0.1s] sim::it s1"]
        );
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(Tally::read("12 passed by\n# passing thought\n"), Tally::default());
    }
}
