use std::time::Duration;

use ports::agent::DiffText;
use similar::{ChangeTag, TextDiff};

const CONTEXT: usize = 3;
/// Two large files that share nothing; the hunks are coarser then.
const PATIENCE: Duration = Duration::from_millis(300);

/// What makes the new text of the old one.
pub fn between(path: String, old: &str, new: &str) -> DiffText {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let count = |tag| diff.iter_all_changes().filter(|change| change.tag() == tag).count();
    DiffText {
        path,
        added: u32::try_from(count(ChangeTag::Insert)).unwrap_or(u32::MAX),
        removed: u32::try_from(count(ChangeTag::Delete)).unwrap_or(u32::MAX),
        unified: diff.unified_diff().context_radius(CONTEXT).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_hunks_with_counts() {
        let diff = between("a.txt".to_owned(), "one\ntwo\nthree\n", "one\n2\nthree\nfour\n");
        assert_eq!((diff.added, diff.removed), (2, 1));
        assert_eq!(diff.unified, "@@ -1,3 +1,4 @@\n one\n-two\n+2\n three\n+four\n");
    }

    #[test]
    fn a_new_file_is_all_added() {
        let diff = between("a.txt".to_owned(), "", "one\ntwo");
        assert_eq!((diff.added, diff.removed), (2, 0));
        assert!(diff.unified.starts_with("@@ -0,0 +1,2 @@\n+one\n+two"), "{}", diff.unified);
    }
}
