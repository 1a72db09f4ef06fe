use std::path::{Path, PathBuf};

use crate::call::words;
use crate::git::Purpose;
use crate::worktree::private_folders;
use crate::{CommitIdentity, Git, GitError, Oid};

const FILES: [(&str, &str); 4] = [
    ("README.md", include_str!("../sample/README.md")),
    ("package.json", include_str!("../sample/package.json")),
    ("src/greet.js", include_str!("../sample/src/greet.js")),
    ("test/greet.test.js", include_str!("../sample/test/greet.test.js")),
];

/// Nothing of the person's own settings may change or stop the one commit.
const SETTINGS: [&str; 14] = [
    "-c",
    "user.name=Conclave sample",
    "-c",
    "user.email=sample@conclave.invalid",
    "-c",
    "commit.gpgSign=false",
    "-c",
    "core.autocrlf=false",
    "-c",
    "core.excludesFile=/dev/null",
    "-c",
    "core.attributesFile=/dev/null",
    "-c",
    "init.defaultObjectFormat=sha1",
];

const MADE_AT: &str = "2026-01-01T00:00:00Z";

impl Git {
    /// Makes the small repository of "Try it", with one commit that is the same everywhere. The
    /// folder must not exist or be empty; a failure leaves it so. Answers the commit.
    pub async fn create_sample_repository(&self, path: &Path) -> Result<Oid, GitError> {
        let taken = || GitError::PathTaken { path: path.into() };
        let parent = path.parent().ok_or_else(taken)?;
        if path.is_symlink() || path.is_file() || has_entries(path) {
            return Err(taken());
        }
        private_folders(parent).map_err(GitError::io("Making the folder", parent))?;
        let draft = tempfile::Builder::new()
            .prefix(".conclave-sample-")
            .tempdir_in(parent)
            .map_err(GitError::io("Making the folder", parent))?;
        let repository = draft.path().join("sample");
        write_files(&repository)?;
        self.commit_all(&repository).await?;
        let oid = self.head_oid(&repository).await?;
        std::fs::rename(&repository, path).map_err(GitError::io("Putting the sample in place", path))?;
        Ok(oid)
    }

    async fn commit_all(&self, repository: &Path) -> Result<(), GitError> {
        let git = self
            .clone()
            .with_variable("GIT_AUTHOR_DATE", MADE_AT)
            .with_variable("GIT_COMMITTER_DATE", MADE_AT);
        let init = words(["init", "--quiet", "--template=", "--initial-branch=main"]);
        let add = words(["add", "--all"]);
        let commit = words(["commit", "--quiet", "--no-verify", "-m", "Greet by name"]);
        for step in [init, add, commit] {
            let mut call = words(SETTINGS);
            call.extend(step);
            git.run(Purpose::Write, repository, call).await?;
        }
        // Whoever tries it need not have told git their name.
        if self.identity(repository).await? == CommitIdentity::Missing {
            for (key, value) in [("user.name", "You"), ("user.email", "you@sample.invalid")] {
                self.run(Purpose::Write, repository, words(["config", key, value])).await?;
            }
        }
        Ok(())
    }
}

fn has_entries(path: &Path) -> bool {
    path.read_dir().is_ok_and(|mut entries| entries.next().is_some())
}

fn write_files(repository: &Path) -> Result<(), GitError> {
    for (name, text) in FILES {
        let file: PathBuf = repository.join(name);
        let folder = file.parent().unwrap_or(repository);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&file, text))
            .map_err(GitError::io("Writing the sample", &file))?;
    }
    Ok(())
}
