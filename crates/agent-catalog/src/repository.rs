//! Named agents that a repository brings (AG12). It is read, and nothing of it counts before its owner's word.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use model::{DisplayName, NamedAgent, ToolGroup};
use ports::agent::{Brought, Unusable};
use ports::chain::hex_digest;
use serde::Deserialize;

use crate::entry::Entry;
use crate::named::{Unfit, Words, WrittenBudget};

/// In a repository, from its root.
pub const REPOSITORY_FILE: &str = ".conclave/agents.json";
const LONGEST: u64 = 256 * 1024;
const MOST: usize = 32;
const WORD: usize = 40;

#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("it leads out of the repository")]
    Outside,
    #[error("it is no file, or is longer than {LONGEST} bytes")]
    NoFile,
    #[error("it could not be read: {0}")]
    Unread(#[from] io::Error),
    #[error(
        "it is not a list of named agents: {0}. A repository can say no more of an agent than its name, base, prompt, \
         model, effort, tools and budget"
    )]
    Malformed(#[from] serde_json::Error),
    #[error("it names more than {MOST} agents")]
    TooMany,
    #[error("{0:?} can't name an agent: small letters, digits and hyphens can")]
    BadWord(String),
    #[error("the name of {0} can't be shown: 1 to 40 visible characters can")]
    BadName(String),
    #[error("{agent} is based on {base:?}, which is no agent of this host with a program of its own")]
    UnknownBase { agent: String, base: String },
    #[error("{agent} can't be used: {why}")]
    Unfit { agent: String, why: Unfit },
}

/// No program, environment, argument or mode: it can only narrow what its base may.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    base: String,
    #[serde(default)]
    prompt: Option<String>,
    #[serde(default)]
    model: Option<String>,
    #[serde(default)]
    effort: Option<String>,
    #[serde(default)]
    tools: Option<BTreeSet<ToolGroup>>,
    #[serde(default)]
    budget: Option<WrittenBudget>,
}

/// `None` where there is no such file.
pub fn brought(root: &Path, known: &BTreeMap<String, Entry>) -> Option<Brought> {
    match read(root) {
        Ok(None) => None,
        Ok(Some(bytes)) => {
            let agents = parse(&bytes, known).map_err(|error| Unusable(error.to_string()));
            Some(Brought { hash: hex_digest(&bytes), agents })
        }
        Err(error) => Some(Brought { hash: String::new(), agents: Err(Unusable(error.to_string())) }),
    }
}

/// Links are followed as long as they stay inside.
fn read(root: &Path) -> Result<Option<Vec<u8>>, Refused> {
    let root = root.canonicalize()?;
    let file = match root.join(REPOSITORY_FILE).canonicalize() {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if !file.starts_with(&root) {
        return Err(Refused::Outside);
    }
    let about = file.metadata()?;
    if !about.is_file() || about.len() > LONGEST {
        return Err(Refused::NoFile);
    }
    let mut bytes = Vec::new();
    File::open(file)?.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

fn parse(bytes: &[u8], known: &BTreeMap<String, Entry>) -> Result<BTreeMap<String, NamedAgent>, Refused> {
    let written: BTreeMap<String, Written> = serde_json::from_slice(bytes)?;
    if written.len() > MOST {
        return Err(Refused::TooMany);
    }
    written.into_iter().map(|(agent, one)| Ok((agent.clone(), one.checked(agent, known)?))).collect()
}

impl Written {
    fn checked(self, agent: String, known: &BTreeMap<String, Entry>) -> Result<NamedAgent, Refused> {
        let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if agent.is_empty() || agent.len() > WORD || !agent.chars().all(is_plain) {
            return Err(Refused::BadWord(agent));
        }
        let Self { name, base, prompt, model, effort, tools, budget } = self;
        let name = DisplayName::parse(&name).map_err(|_| Refused::BadName(agent.clone()))?.to_string();
        if known.get(&base).is_none_or(|entry| entry.named.is_some()) {
            return Err(Refused::UnknownBase { agent, base });
        }
        let words = Words { name, base, prompt, model, mode: None, effort, tools, budget };
        words.named().map_err(|why| Refused::Unfit { agent, why })
    }
}
