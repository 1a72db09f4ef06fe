use std::collections::BTreeSet;

/// All branches that Conclave makes are below this.
pub const BRANCH_PREFIX: &str = "conclave/";

const LONGEST: usize = 40;

/// A safe branch name for a workspace's display name: ASCII letters, digits and dashes, at most 40
/// of them, after the prefix. Never empty, never an option, never `.lock`.
pub fn branch_slug(name: &str) -> String {
    format!("{BRANCH_PREFIX}{}", slug(name))
}

/// The first free one of `name`, `name-2`, `name-3` … among the branches that exist.
pub(crate) fn unused(wanted: &str, taken: &BTreeSet<String>) -> String {
    // A branch named like our folder leaves no room for branches below it.
    let folder = BRANCH_PREFIX.trim_end_matches('/');
    let wanted = if taken.contains(folder) { wanted.replace('/', "-") } else { wanted.to_owned() };
    let numbered = (2_u32..).map(|n| format!("{wanted}-{n}"));
    std::iter::once(wanted.clone()).chain(numbered).find(|name| is_free(name, taken)).unwrap_or(wanted)
}

fn is_free(name: &str, taken: &BTreeSet<String>) -> bool {
    let below = format!("{name}/");
    !taken.iter().any(|it| it.eq_ignore_ascii_case(name) || it.to_ascii_lowercase().starts_with(&below))
}

fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in deunicode::deunicode(name).chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "workspace".into() } else { slug.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_become_readable_branches() {
        for (name, branch) in [
            ("Fix login", "conclave/fix-login"),
            ("  Größe & Ünïcode!  ", "conclave/grosse-unicode"),
            ("修复", "conclave/xiu-fu"),
            ("--upload-pack=x", "conclave/upload-pack-x"),
            ("../../etc.lock", "conclave/etc-lock"),
            ("…", "conclave/workspace"),
            ("", "conclave/workspace"),
        ] {
            assert_eq!(branch_slug(name), branch, "{name:?}");
        }
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let taken = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(unused("conclave/a", &taken(&["main"])), "conclave/a");
        assert_eq!(unused("conclave/a", &taken(&["conclave/a"])), "conclave/a-2");
        assert_eq!(unused("conclave/a", &taken(&["conclave/A", "conclave/a-2/x"])), "conclave/a-3");
        assert_eq!(unused("conclave/a", &taken(&["conclave"])), "conclave-a");
    }

    proptest! {
        #[test]
        fn gr7_any_display_name_gives_a_name_of_safe_letters(name in ".{0,80}") {
            let branch = branch_slug(&name);
            let slug = branch.strip_prefix(BRANCH_PREFIX).unwrap();
            prop_assert!(!slug.is_empty() && slug.len() <= LONGEST);
            prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
            prop_assert!(slug.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-'));
        }
    }
}
