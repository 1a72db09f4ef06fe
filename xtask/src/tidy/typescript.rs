use std::sync::LazyLock;

use regex::Regex;

use super::finding::Finding;
use super::sources::Sources;

const UI: &str = "src-ui/src/";
const GENERATED: &str = "src-ui/src/gen/";
const LINK: &str = "src-ui/src/link/";
const FEATURES: &str = "src-ui/src/features/";
const COMPONENT_LINES: usize = 200;
const MODULE_LINES: usize = 300;
const TEST_LINES: usize = 500;

static IMPORT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']"#).unwrap());

pub fn check(sources: &Sources) -> Vec<Finding> {
    sources
        .texts()
        .filter(|(path, _)| is_ours(path))
        .flat_map(|(path, text)| {
            let mut findings = check_length(path, text);
            findings.extend(check_imports(path, text));
            findings
        })
        .collect()
}

fn is_ours(path: &str) -> bool {
    let script = [".ts", ".tsx", ".mjs", ".js"].iter().any(|ending| path.ends_with(ending));
    let ours = path.starts_with("src-ui/") || path.starts_with("tests/");
    script && ours && !path.starts_with(GENERATED)
}

fn check_length(path: &str, text: &str) -> Vec<Finding> {
    let lines = text.lines().count();
    let most = if path.contains(".test.") || path.starts_with("tests/") {
        TEST_LINES
    } else if path.ends_with(".tsx") {
        COMPONENT_LINES
    } else {
        MODULE_LINES
    };
    if lines <= most {
        return vec![];
    }
    vec![Finding::new(path, 1, format!("{lines} lines, at most {most}: split it by topic"))]
}

fn check_imports(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, line) in (1..).zip(text.lines()) {
        for import in IMPORT.captures_iter(line) {
            let name = &import[1];
            if name.starts_with("@tauri-apps/") && !path.starts_with(LINK) && path.starts_with(UI) {
                findings.push(Finding::new(
                    path,
                    at,
                    "only src-ui/src/link imports @tauri-apps: the same front end runs in a browser",
                ));
            }
            findings.extend(check_feature(path, name).map(|why| Finding::new(path, at, why)));
        }
    }
    findings
}

fn check_feature(path: &str, import: &str) -> Option<String> {
    let own = feature(path)?;
    let target = resolve(path, import)?;
    let other = feature(&target)?;
    if own == other {
        return None;
    }
    Some(format!("feature {own} imports feature {other}: move what both need to state or ui"))
}

fn feature(path: &str) -> Option<&str> {
    let name = path.strip_prefix(FEATURES)?.split('/').next()?;
    Some(name.split('.').next().unwrap_or(name))
}

fn resolve(path: &str, import: &str) -> Option<String> {
    if let Some(rest) = import.strip_prefix("@/").or_else(|| import.strip_prefix("~/")) {
        return Some(format!("{UI}{rest}"));
    }
    if !import.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in import.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Sources::from([(path, text)])).len()
    }

    #[test]
    fn a_feature_may_not_import_a_feature() {
        let path = "src-ui/src/features/roster/Roster.tsx";
        assert_eq!(found(path, "import { Queue } from '../queue/Queue'"), 1);
        assert_eq!(found(path, "import { Queue } from \"@/features/queue/Queue\""), 1);
        assert_eq!(found(path, "const Queue = lazy(() => import('../queue/Queue'))"), 1);
        assert_eq!(found(path, "import { Face } from './Face'"), 0);
        assert_eq!(found(path, "import { Face } from '../../ui/Face'"), 0);
    }

    #[test]
    fn only_the_link_knows_tauri() {
        let line = "import { invoke } from '@tauri-apps/api/core'";
        assert_eq!(found("src-ui/src/state/room.ts", line), 1);
        assert_eq!(found("src-ui/src/link/window.ts", line), 0);
    }

    #[test]
    fn long_files_are_refused() {
        let lines = |count: usize| "x\n".repeat(count);
        assert_eq!(found("src-ui/src/ui/A.tsx", &lines(201)), 1);
        assert_eq!(found("src-ui/src/ui/A.tsx", &lines(200)), 0);
        assert_eq!(found("src-ui/src/replica/fold.ts", &lines(301)), 1);
        assert_eq!(found("src-ui/src/replica/fold.test.ts", &lines(501)), 1);
        assert_eq!(found("src-ui/src/gen/Event.ts", &lines(900)), 0);
    }
}
