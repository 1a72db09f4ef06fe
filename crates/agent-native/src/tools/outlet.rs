use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsString;
use std::path::PathBuf;

use crate::settings;

/// Endings of the names of variables whose values are secrets: a command that the model runs gets none.
const SECRET_NAMES: &[&str] = &["KEY", "TOKEN", "SECRET", "PASSWORD", "CREDENTIALS"];
const OWN: &str = "CONCLAVE_AGENT_";

/// What commands are run with.
#[derive(Debug, Clone)]
pub struct Shell {
    pub program: PathBuf,
    pub env: BTreeMap<OsString, OsString>,
    /// By which a host that starts anew after a crash finds what is left over; commands carry it on.
    pub tag: Option<String>,
}

impl Shell {
    /// From this program's whole environment.
    pub fn new(env: &BTreeMap<String, String>) -> Self {
        let harmless = env.iter().filter(|(name, _)| !is_secret(name));
        let path = env.get("PATH").map(String::as_str).unwrap_or_default();
        let has_bash = std::env::split_paths(path).any(|folder| folder.join("bash").is_file());
        Self {
            program: PathBuf::from(if has_bash { "bash" } else { "sh" }),
            env: harmless.map(|(name, value)| (name.into(), value.into())).collect(),
            tag: env.get(agent_process::TAG_VARIABLE).cloned(),
        }
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_uppercase();
    let own = name.starts_with(OWN) && name != settings::API;
    own || SECRET_NAMES.iter().any(|ending| name.ends_with(ending))
}

/// The beginning and the end of a text that may be without end.
#[derive(Debug, Default)]
pub struct Outlet {
    head: String,
    tail: VecDeque<String>,
    tail_bytes: usize,
    left_out: usize,
}

const HEAD: usize = 10_000;
const TAIL: usize = 20_000;

impl Outlet {
    pub fn add(&mut self, line: &str) {
        if self.tail.is_empty() && self.left_out == 0 && self.head.len() + line.len() < HEAD {
            self.head += line;
            self.head.push('\n');
            return;
        }
        let from = line.ceil_char_boundary(line.len().saturating_sub(TAIL));
        self.left_out += from;
        self.tail_bytes += line.len() - from + 1;
        self.tail.push_back(line[from..].to_owned());
        while self.tail_bytes > TAIL {
            let Some(first) = self.tail.pop_front() else { break };
            self.tail_bytes -= first.len() + 1;
            self.left_out += first.len() + 1;
        }
    }

    pub fn text(&self) -> String {
        let mut text = self.head.clone();
        if self.left_out > 0 {
            text += &format!("[{} bytes are left out here]\n", self.left_out);
        }
        for line in &self.tail {
            text += line;
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_keeps_its_beginning_and_its_end() {
        let mut outlet = Outlet::default();
        (0..100_000).for_each(|n| outlet.add(&format!("line {n}")));
        let text = outlet.text();
        assert!(text.starts_with("line 0\n") && text.ends_with("line 99999\n"));
        assert!(text.len() < HEAD + TAIL + 100 && text.contains("bytes are left out here"));

        let mut outlet = Outlet::default();
        outlet.add(&"ü".repeat(1_000_000));
        outlet.add("last");
        assert!(outlet.text().ends_with("last\n") && outlet.text().len() < HEAD + TAIL + 100);
    }

    #[test]
    fn a_short_output_is_whole() {
        let mut outlet = Outlet::default();
        outlet.add("one");
        outlet.add("");
        outlet.add("two");
        assert_eq!(outlet.text(), "one\n\ntwo\n");
    }

    #[test]
    fn ag6_commands_get_no_secret() {
        let env = ["PATH", "HOME", settings::KEY, settings::STATE, "OPENAI_API_KEY", "github_token"];
        let env = env.map(|name| (name.to_owned(), "x".to_owned())).into();
        let shell = Shell::new(&env);
        let names: Vec<_> = shell.env.keys().map(|name| name.to_string_lossy().into_owned()).collect();
        assert_eq!(names, ["HOME", "PATH"]);
    }
}
