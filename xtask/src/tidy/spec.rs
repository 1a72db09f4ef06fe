use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::finding::Finding;
use super::sources::Sources;

const SPEC: &str = "docs/spec.md";

static RULE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\*\*([A-Z]{2}[0-9]+)\*\*").unwrap());
static FUNCTION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bfn ((?:[a-z]{2}[0-9]+_)+)").unwrap());
static SCRIPT_TEST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\b(?:it|test)(?:\.[a-z]+)*\(\s*["'`]((?:[A-Z]{2}[0-9]+[ :,]+)+)"#).unwrap()
});

/// Where a rule id is cited first: path and line.
type Places = BTreeMap<String, (String, usize)>;

pub fn check(sources: &Sources) -> Vec<Finding> {
    let Some(spec) = sources.text(SPEC) else {
        return vec![Finding::new(SPEC, 1, "is missing: it holds the rules that tests cite")];
    };
    let rules = rules(spec);
    let cited = citations(sources);
    let unproven = rules.iter().filter(|(id, _)| !cited.contains_key(*id));
    let unknown = cited.iter().filter(|(id, _)| !rules.contains_key(*id));
    unproven
        .map(|(id, (path, line))| {
            let name = id.to_lowercase();
            Finding::new(
                path,
                *line,
                format!("rule {id} has no test: name one `{name}_…` (Rust) or `{id} …` (TypeScript)"),
            )
        })
        .chain(unknown.map(|(id, (path, line))| {
            Finding::new(path, *line, format!("cites {id}, which {SPEC} does not have"))
        }))
        .collect()
}

fn rules(spec: &str) -> Places {
    let mut rules = Places::new();
    for (at, line) in (1..).zip(spec.lines()) {
        for rule in RULE.captures_iter(line) {
            rules.entry(rule[1].to_owned()).or_insert_with(|| (SPEC.to_owned(), at));
        }
    }
    rules
}

fn citations(sources: &Sources) -> Places {
    let mut cited = Places::new();
    for (path, text) in sources.texts() {
        let found = match path.rsplit('.').next() {
            Some("rs") => rust_citations(path, text),
            Some("ts" | "tsx" | "mjs" | "js") => script_citations(text),
            _ => continue,
        };
        for (id, line) in found {
            cited.entry(id).or_insert_with(|| (path.to_owned(), line));
        }
    }
    cited
}

// By lines and not by syntax tree: tests inside `proptest!` are only tokens to a parser.
fn rust_citations(path: &str, text: &str) -> BTreeSet<(String, usize)> {
    let contract = path.starts_with("crates/ports/src/contract");
    let mut cited = BTreeSet::new();
    let mut marked = false;
    for (at, line) in (1..).zip(text.lines()) {
        let line = line.trim_start();
        marked |= is_test_attribute(line);
        if !line.contains("fn ") || line.starts_with("//") {
            continue;
        }
        if let Some(name) = FUNCTION.captures(line).filter(|_| marked || contract) {
            let ids = name[1].split('_').filter(|id| !id.is_empty());
            cited.extend(ids.map(|id| (id.to_uppercase(), at)));
        }
        marked = false;
    }
    cited
}

fn is_test_attribute(line: &str) -> bool {
    let attribute = line.strip_prefix("#[").unwrap_or_default();
    ["test]", "tokio::test", "rstest", "test_case"].iter().any(|start| attribute.starts_with(start))
}

fn script_citations(text: &str) -> BTreeSet<(String, usize)> {
    SCRIPT_TEST
        .captures_iter(text)
        .flat_map(|found| {
            let start = found.get(0).map_or(0, |all| all.start());
            let at = text[..start].matches('\n').count() + 1;
            let ids: Vec<_> = found[1]
                .split([' ', ':', ','])
                .filter(|id| !id.is_empty())
                .map(|id| (id.to_owned(), at))
                .collect();
            ids
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: (&str, &str) = (SPEC, "- **TU1** One turn.\n- **BA4** Late joiners observe.\n");

    fn messages(test: (&str, &str)) -> String {
        let findings = check(&Sources::from([RULES, test]));
        findings.iter().map(|finding| format!("{finding}\n")).collect()
    }

    #[test]
    fn a_rule_without_a_test_is_refused() {
        let said = messages(("a.rs", "#[test]\nfn tu1_one_turn() {}\n"));
        assert!(said.contains("docs/spec.md:2: rule BA4 has no test"), "{said}");
        assert!(!said.contains("TU1 has no test"));
    }

    #[test]
    fn a_name_may_prove_several_rules() {
        assert_eq!(messages(("a.rs", "#[tokio::test]\nasync fn tu1_ba4_both() {}\n")), "");
        assert_eq!(messages(("a.rs", "proptest! {\n  #[test]\n  fn tu1_ba4_x(a in 0..1u8) {}\n}")), "");
        assert_eq!(messages(("a.test.ts", "it('TU1 BA4 hold', () => {})")), "");
        assert_eq!(messages(("a.test.ts", "test.each(x)('no')\nit(\n  \"TU1: BA4: hold\", f)")), "");
    }

    #[test]
    fn a_function_that_is_no_test_proves_nothing() {
        let said = messages(("a.rs", "#[test]\nfn other() {}\nfn tu1_ba4_helper() {}\n"));
        assert!(said.contains("TU1 has no test") && said.contains("BA4 has no test"));
    }

    #[test]
    fn an_unknown_rule_is_refused() {
        let said = messages(("a.rs", "#[test]\nfn tu1_ba4_zz9_x() {}\n"));
        assert!(said.contains("a.rs:2: cites ZZ9"), "{said}");
    }

    #[test]
    fn a_missing_spec_is_refused() {
        assert_eq!(check(&Sources::from([("a.rs", "")])).len(), 1);
    }
}
