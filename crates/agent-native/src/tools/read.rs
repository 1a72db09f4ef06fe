use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;
use vcs::WorktreeRoot;

use super::{fields, place};

/// The largest file that is looked into.
const LARGEST: u64 = 20 * 1024 * 1024;
const LINES: usize = 2_000;
const BYTES: usize = 60_000;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Reading {
    pub path: String,
    /// The first line, from 1.
    #[serde(default)]
    from: Option<usize>,
    #[serde(default)]
    lines: Option<usize>,
}

impl Reading {
    pub fn of(input: &Value) -> Result<Self> {
        fields(input)
    }

    pub async fn perform(self, root: &WorktreeRoot) -> Result<String> {
        let text = root.read_text(place(&self.path), LARGEST).await?;
        Ok(self.part(&text))
    }

    /// The lines asked for, as they are; where that is not all, a line says so.
    fn part(&self, text: &str) -> String {
        let all = text.lines().count();
        let first = self.from.unwrap_or(1).max(1);
        let most = self.lines.unwrap_or(LINES).min(LINES);
        let mut part = String::new();
        let mut last = first - 1;
        for line in text.split_inclusive('\n').skip(first - 1).take(most) {
            if part.len() + line.len() > BYTES && !part.is_empty() {
                break;
            }
            part += line;
            last += 1;
        }
        if part.len() > BYTES {
            part.truncate(part.floor_char_boundary(BYTES));
        }
        match (first, last) {
            (1, last) if last >= all => part,
            (first, last) if last < first => format!("[the file has {all} lines]"),
            (first, last) => format!("{}\n[lines {first} to {last} of {all}]", part.trim_end_matches('\n')),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn part(input: Value, text: &str) -> String {
        Reading::of(&input).unwrap().part(text)
    }

    #[test]
    fn a_small_file_is_told_as_it_is() {
        assert_eq!(part(json!({ "path": "a" }), "one\r\ntwo\n"), "one\r\ntwo\n");
        assert_eq!(part(json!({ "path": "a" }), ""), "");
    }

    #[test]
    fn a_part_says_which_it_is() {
        let text = "1\n2\n3\n4\n";
        assert_eq!(part(json!({ "path": "a", "from": 2, "lines": 2 }), text), "2\n3\n[lines 2 to 3 of 4]");
        assert_eq!(part(json!({ "path": "a", "from": 9 }), text), "[the file has 4 lines]");
        assert_eq!(part(json!({ "path": "a", "from": 0, "lines": 9 }), text), text);
    }

    #[test]
    fn a_large_file_is_cut_and_says_so() {
        let long = part(json!({ "path": "a" }), &"0123456789\n".repeat(100_000));
        assert!(long.len() < BYTES + 100 && long.ends_with("of 100000]"));
        let line = part(json!({ "path": "a" }), &"ü".repeat(BYTES));
        assert!(line.len() <= BYTES + 100);
    }
}
