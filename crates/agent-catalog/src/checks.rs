//! What agents said of themselves when they were last asked, kept in a file beside the log. It is never more
//! than a memory: a file that can't be read is none, and what it says of another program counts for nothing.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::{AgentCheck, AgentOffers};
use ports::agent::Checked;
use serde::{Deserialize, Serialize};

const FILE: &str = "agent-checks.json";
/// Of what a check knows. Another program of ours may ask more.
const ASKED_BY: &str = env!("CARGO_PKG_VERSION");

/// Clones share one file.
#[derive(Clone, Debug)]
pub struct Checks {
    file: PathBuf,
    kept: Arc<Mutex<BTreeMap<String, Kept>>>,
}

/// Which program it was, and what it was run with. Package managers give every file the same age, so the time
/// at which the system last touched it counts too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    program: PathBuf,
    bytes: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    args: Vec<String>,
    /// Names of its own variables that are set.
    variables: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    of: Fingerprint,
    check: AgentCheck,
    offers: AgentOffers,
}

#[derive(Serialize, Deserialize)]
struct Page {
    asked_by: String,
    agents: BTreeMap<String, Kept>,
}

impl Fingerprint {
    /// `None` where there is no such program any more.
    pub fn of(program: &Path, args: &[String], variables: Vec<String>) -> Option<Self> {
        // A link stays as it is when what it leads to is replaced.
        let program = program.canonicalize().ok()?;
        let known = program.metadata().ok()?;
        Some(Self {
            bytes: known.len(),
            modified: (known.mtime(), known.mtime_nsec()),
            changed: (known.ctime(), known.ctime_nsec()),
            args: args.to_vec(),
            variables,
            program,
        })
    }
}

impl Checks {
    pub fn in_folder(data: &Path) -> Self {
        let file = data.join(FILE);
        let page = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice::<Page>(&bytes).ok());
        let kept = page.filter(|page| page.asked_by == ASKED_BY).map(|page| page.agents).unwrap_or_default();
        Self { file, kept: Arc::new(Mutex::new(kept)) }
    }

    pub fn get(&self, agent: &str, of: &Fingerprint) -> Option<Checked> {
        let kept = self.kept();
        let known = kept.get(agent).filter(|known| known.of == *of)?;
        Some(Checked { check: known.check.clone(), offers: known.offers.clone() })
    }

    pub fn keep(&self, agent: &str, of: Fingerprint, checked: Checked) {
        let Checked { check, offers } = checked;
        let agents = {
            let mut kept = self.kept();
            kept.insert(agent.to_owned(), Kept { of, check, offers });
            kept.clone()
        };
        // What could not be written is asked again after the next start.
        self.write(agents).ok();
    }

    /// Whole or not at all, so that nobody reads half of it; and nobody but the owner reads it (PA4).
    fn write(&self, agents: BTreeMap<String, Kept>) -> io::Result<()> {
        let page = Page { asked_by: ASKED_BY.to_owned(), agents };
        let fresh = self.file.with_extension("new");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
        file.write_all(&serde_json::to_vec_pretty(&page)?)?;
        fs::rename(fresh, &self.file)
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<String, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
