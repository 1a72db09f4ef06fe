use anyhow::{Context, Result};
use grep_regex::{RegexMatcher, RegexMatcherBuilder};
use grep_searcher::{BinaryDetection, SearcherBuilder, sinks};
use ignore::overrides::OverrideBuilder;
use serde::Deserialize;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use vcs::WorktreeRoot;

use super::list::{here, relative, walk};
use super::{fields, place};

const MOST: usize = 200;
const LINE_CHARS: usize = 300;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Search {
    pub pattern: String,
    #[serde(default = "here")]
    pub path: String,
    /// Of file names, such as `*.rs`.
    #[serde(default)]
    glob: Option<String>,
}

impl Search {
    pub fn of(input: &Value) -> Result<Self> {
        fields(input)
    }

    pub fn perform(self, root: &WorktreeRoot, cancelled: &CancellationToken) -> Result<String> {
        let place = root.confine(place(&self.path))?;
        let matcher = RegexMatcherBuilder::new().line_terminator(Some(b'\n')).build(&self.pattern);
        let matcher = matcher.context("The pattern is no regular expression")?;
        let mut walk = walk(&place);
        if let Some(glob) = &self.glob {
            let mut globs = OverrideBuilder::new(root.path());
            globs.add(glob).context("The glob is wrong")?;
            walk.overrides(globs.build()?);
        }
        let mut found = Vec::new();
        for entry in walk.sort_by_file_path(Ord::cmp).build().flatten() {
            anyhow::ensure!(!cancelled.is_cancelled(), "The search was stopped.");
            if entry.file_type().is_some_and(|kind| kind.is_file()) {
                look_into(&matcher, entry.path(), &relative(entry.path(), root.path()), &mut found);
            }
            if found.len() > MOST {
                found.truncate(MOST);
                found.push(format!("[only the first {MOST} lines are shown]"));
                break;
            }
        }
        Ok(if found.is_empty() { "Nothing was found.".to_owned() } else { found.join("\n") })
    }
}

/// A file that can't be read holds nothing that was looked for.
fn look_into(matcher: &RegexMatcher, path: &std::path::Path, name: &str, found: &mut Vec<String>) {
    let mut searcher = SearcherBuilder::new().binary_detection(BinaryDetection::quit(0)).build();
    let sink = sinks::Lossy(|number, line| {
        found.push(format!("{name}:{number}: {}", shortened(line.trim_end())));
        Ok(found.len() <= MOST)
    });
    let _ = searcher.search_path(matcher, path, sink);
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(LINE_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
