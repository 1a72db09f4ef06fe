use std::collections::BTreeMap;

use crate::checksum::checksum;

use super::finding::Finding;
use super::sources::Sources;

const LIST: &str = "migrations/CHECKSUMS";

/// A migration that has run on somebody's machine never changes.
pub fn check(sources: &Sources) -> Vec<Finding> {
    let listed = listed(sources.text(LIST).unwrap_or_default());
    let mut findings: Vec<Finding> = sources
        .under("migrations/", ".sql")
        .filter_map(|(path, text)| check_file(path, text, &listed))
        .collect();
    findings.extend(listed.iter().filter(|(name, _)| !sources.has(&format!("migrations/{name}"))).map(
        |(name, (_, line))| Finding::new(LIST, *line, format!("{name} is listed and gone: restore it")),
    ));
    findings
}

type Listed<'a> = BTreeMap<&'a str, (&'a str, usize)>;

fn listed(list: &str) -> Listed<'_> {
    (1..)
        .zip(list.lines())
        .filter_map(|(at, line)| {
            let (sum, name) = line.split_once("  ")?;
            Some((name, (sum, at)))
        })
        .collect()
}

fn check_file(path: &str, text: &str, listed: &Listed<'_>) -> Option<Finding> {
    let name = path.trim_start_matches("migrations/");
    let sum = checksum(text.as_bytes());
    match listed.get(name) {
        None => Some(Finding::new(path, 1, format!("is not in {LIST}: add the line `{sum}  {name}`"))),
        Some((kept, _)) if *kept != sum => {
            Some(Finding::new(path, 1, "changed after it was listed: undo that and write a new migration"))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: (&str, &str) = ("migrations/0001_log.sql", "abc");
    const SUM: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_new_migration_names_the_line_to_add() {
        let said = check(&Sources::from([FILE]))[0].to_string();
        assert!(said.contains(&format!("{SUM}  0001_log.sql")), "{said}");
    }

    #[test]
    fn a_changed_or_removed_migration_is_refused() {
        let list = format!("{SUM}  0001_log.sql\n");
        assert!(check(&Sources::from([FILE, (LIST, &list)])).is_empty());
        let changed = ("migrations/0001_log.sql", "abd");
        assert_eq!(check(&Sources::from([changed, (LIST, &list)])).len(), 1);
        assert_eq!(check(&Sources::from([(LIST, list.as_str())])).len(), 1);
    }
}
