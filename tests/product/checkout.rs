//! Repositories as people have them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::host::{Host, text};

/// A person's own checkout.
pub struct Checkout(pub PathBuf);

impl Checkout {
    pub fn empty(folder: &Path, name: &str) -> Self {
        let path = folder.join(name);
        fs::create_dir_all(&path).unwrap();
        let checkout = Self(path);
        checkout.git(&["init", "-q", "-b", "main"]);
        checkout
    }

    /// With one commit.
    pub fn new(folder: &Path, name: &str) -> Self {
        let checkout = Self::empty(folder, name);
        fs::write(checkout.0.join("README.md"), "# A test\n").unwrap();
        checkout.git(&["add", "-A"]);
        checkout.git(&["commit", "-q", "--no-gpg-sign", "-m", "Begin"]);
        checkout
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
        let said = Command::new("git").args(identity).args(arguments).current_dir(&self.0).output().unwrap();
        assert!(said.status.success(), "git {arguments:?}: {}", text(&said.stderr));
        text(&said.stdout).trim().to_owned()
    }

    pub fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// Nothing but what its owner did is in it.
    pub fn is_untouched(&self) -> bool {
        self.git(&["status", "--porcelain"]).is_empty()
    }
}

/// A worktree of a new workspace.
pub struct Workspace {
    pub id: String,
    pub worktree: PathBuf,
}

impl Host {
    pub fn workspace(&self, checkout: &Checkout, name: &str) -> Workspace {
        let repository = self.json(&["repo", "add", checkout.path()])["repository"].clone();
        let repo = repository.as_str().unwrap();
        let made = self.json(&["workspace", "new", "--repo", repo, "--name", name])["workspace"].clone();
        let id = made.as_str().unwrap().to_owned();
        let all = self.json(&["workspace", "list"])["workspaces"].clone();
        let row = all.as_array().unwrap().iter().find(|row| row["workspace"] == made).unwrap().clone();
        Workspace { id, worktree: PathBuf::from(row["path"].as_str().unwrap()) }
    }

    /// A session with this agent in a workspace of a fresh repository.
    pub fn session(&self, agent: &str) -> (Checkout, Workspace, String) {
        let checkout = Checkout::new(self.folder(), "repository");
        let workspace = self.workspace(&checkout, "first");
        let opened = self.json(&["session", "new", "--workspace", &workspace.id, "--agent", agent]);
        let session = opened["session"].as_str().unwrap().to_owned();
        (checkout, workspace, session)
    }
}
