//! Keys that the owner has given for agents: each goes into the environment of that agent alone. Which
//! there are, and where each is kept, stands in a file beside them; the keys do not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use identity::{Kept, Keyring, Safe, private_dir, read_private, write_private};

const FILE: &str = "agent-keys.json";

pub struct AgentKeys {
    safe: Safe,
    data: PathBuf,
}

impl AgentKeys {
    pub fn in_folder(data: &Path, keyring: Keyring) -> Self {
        Self { safe: Safe::in_folder(data, keyring), data: data.to_owned() }
    }

    /// # Errors
    /// When it can be kept nowhere.
    pub fn set(&self, agent: &str, key: &str) -> Result<Kept> {
        private_dir(&self.data)?;
        let mut places = self.places()?;
        let kept = self.safe.put(&name(agent), key)?;
        places.insert(agent.to_owned(), kept);
        self.write(&places)?;
        Ok(kept)
    }

    /// Whether there was one.
    ///
    /// # Errors
    /// When the keyring does not let it go.
    pub fn remove(&self, agent: &str) -> Result<bool> {
        let mut places = self.places()?;
        let Some(kept) = places.remove(agent) else {
            return Ok(false);
        };
        self.safe.remove(&name(agent), kept)?;
        self.write(&places)?;
        Ok(true)
    }

    /// All of them, by agent. The keyring is asked only where something is in it.
    ///
    /// # Errors
    /// When one is locked away.
    pub fn all(&self) -> Result<BTreeMap<String, String>> {
        let mut keys = BTreeMap::new();
        for (agent, kept) in self.places()? {
            let key = self.safe.get(&name(&agent), kept).with_context(|| format!("the key of {agent}"))?;
            keys.extend(key.map(|key| (agent, key.to_string())));
        }
        Ok(keys)
    }

    fn places(&self) -> Result<BTreeMap<String, Kept>> {
        let file = self.data.join(FILE);
        let Some(bytes) = read_private(&file)? else {
            return Ok(BTreeMap::new());
        };
        let damaged = || format!("{} is damaged; move it away and give the keys again", file.display());
        serde_json::from_slice(&bytes).with_context(damaged)
    }

    fn write(&self, places: &BTreeMap<String, Kept>) -> Result<()> {
        Ok(write_private(&self.data.join(FILE), &serde_json::to_vec(places)?)?)
    }
}

/// Not to be taken for a host's.
fn name(agent: &str) -> String {
    format!("agent {agent}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_apart_from_the_list_until_it_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let keys = AgentKeys::in_folder(folder.path(), Keyring::Off);
        assert!(keys.all().unwrap().is_empty());
        assert_eq!(keys.set("built-in", "sk-one").unwrap(), Kept::File);
        keys.set("built-in", "sk-two").unwrap();
        keys.set("gemini", "sk-three").unwrap();
        let list = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert!(!list.contains("sk-"), "{list}");
        let all = [("built-in", "sk-two"), ("gemini", "sk-three")];
        assert_eq!(keys.all().unwrap(), all.map(|(agent, key)| (agent.to_owned(), key.to_owned())).into());
        assert!(keys.remove("gemini").unwrap() && !keys.remove("gemini").unwrap());
        assert_eq!(keys.all().unwrap().len(), 1);
    }
}
