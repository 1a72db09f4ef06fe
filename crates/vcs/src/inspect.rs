use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use crate::call::words;
use crate::git::{Purpose, line};
use crate::{Git, GitError, Oid};

/// What Conclave needs to know of a repository before it works with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepositoryFacts {
    /// Canonical top folder of the working tree; the git folder of a bare repository.
    pub root: PathBuf,
    pub git_dir: PathBuf,
    pub kind: RepositoryKind,
    pub head: Head,
    /// A guess: the remote's default branch, else `main` or `master`, else the current one.
    pub default_branch: Option<String>,
    pub identity: CommitIdentity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepositoryKind {
    WorkingTree,
    Bare,
}

/// Names are without `refs/heads/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    Branch { name: String, oid: Oid },
    Detached { oid: Oid },
    Unborn { name: String },
}

/// Whether git knows whom to write down as the author of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitIdentity {
    Configured,
    Missing,
}

impl RepositoryFacts {
    /// The commit to start from, or why no workspace can be made here.
    pub fn starting_point(&self) -> Result<&Oid, GitError> {
        let path = self.root.clone();
        match (self.kind, &self.head) {
            (RepositoryKind::Bare, _) => Err(GitError::Bare { path }),
            (RepositoryKind::WorkingTree, Head::Unborn { .. }) => Err(GitError::NoCommits { path }),
            (RepositoryKind::WorkingTree, Head::Branch { oid, .. } | Head::Detached { oid }) => Ok(oid),
        }
    }
}

impl Git {
    /// Looks at the repository that `path` is in. Changes nothing.
    pub async fn inspect(&self, path: &Path) -> Result<RepositoryFacts, GitError> {
        let folder = existing_folder(path)?;
        let (git_dir, kind) = self.locate(&folder).await?;
        let root = match kind {
            RepositoryKind::Bare => git_dir.clone(),
            RepositoryKind::WorkingTree => self.path(&folder, ["rev-parse", "--show-toplevel"]).await?,
        };
        let head = self.head(&folder).await?;
        Ok(RepositoryFacts {
            default_branch: self.default_branch(&folder, &head).await?,
            identity: self.identity(&folder).await?,
            root,
            git_dir,
            kind,
            head,
        })
    }

    /// The commit that a working tree stands on.
    pub async fn head_oid(&self, folder: &Path) -> Result<Oid, GitError> {
        let folder = existing_folder(folder)?;
        let found = self.commit(&folder, "HEAD").await?;
        found.ok_or(GitError::NoCommits { path: folder })
    }

    /// `revision` is ours: `HEAD` or an `Oid`.
    pub(crate) async fn commit(&self, folder: &Path, revision: &str) -> Result<Option<Oid>, GitError> {
        let peeled = format!("{revision}^{{commit}}");
        let call = words(["rev-parse", "--verify", "--quiet", "--end-of-options", &peeled]);
        let Some(text) = self.ask(folder, call).await? else {
            return Ok(None);
        };
        let unreadable = |_| GitError::Unreadable { command: "git rev-parse".into() };
        text.parse().map(Some).map_err(unreadable)
    }

    async fn locate(&self, folder: &Path) -> Result<(PathBuf, RepositoryKind), GitError> {
        let git_dir = self.path(folder, ["rev-parse", "--absolute-git-dir"]).await?;
        if self.is(folder, "--is-bare-repository").await? {
            return Ok((git_dir, RepositoryKind::Bare));
        }
        if !self.is(folder, "--is-inside-work-tree").await? {
            return Err(GitError::NotARepository { path: folder.to_owned() });
        }
        Ok((git_dir, RepositoryKind::WorkingTree))
    }

    async fn is(&self, folder: &Path, question: &str) -> Result<bool, GitError> {
        let call = words(["rev-parse", question]);
        let answer = self.run(Purpose::Read, folder, call).await?;
        Ok(line(&answer) == "true")
    }

    pub(crate) async fn path<const N: usize>(
        &self,
        folder: &Path,
        call: [&str; N],
    ) -> Result<PathBuf, GitError> {
        let mut bytes = self.run(Purpose::Read, folder, words(call)).await?;
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        let path = PathBuf::from(OsString::from_vec(bytes));
        path.canonicalize().map_err(GitError::io("Resolving a path", path.clone()))
    }

    pub(crate) async fn head(&self, folder: &Path) -> Result<Head, GitError> {
        let call = words(["symbolic-ref", "--quiet", "HEAD"]);
        let reference = self.ask(folder, call).await?;
        let name = reference.map(|it| it.strip_prefix("refs/heads/").unwrap_or(&it).to_owned());
        match (name, self.commit(folder, "HEAD").await?) {
            (Some(name), Some(oid)) => Ok(Head::Branch { name, oid }),
            (Some(name), None) => Ok(Head::Unborn { name }),
            (None, Some(oid)) => Ok(Head::Detached { oid }),
            (None, None) => Err(GitError::Unreadable { command: "git symbolic-ref HEAD".into() }),
        }
    }

    async fn default_branch(&self, folder: &Path, head: &Head) -> Result<Option<String>, GitError> {
        let call = words(["symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"]);
        let remote = self.ask(folder, call).await?;
        if let Some(name) = remote.as_deref().and_then(|it| it.strip_prefix("refs/remotes/origin/")) {
            return Ok(Some(name.to_owned()));
        }
        for name in ["main", "master"] {
            let call = words(["show-ref", "--verify", "--quiet", &format!("refs/heads/{name}")]);
            if self.ask(folder, call).await?.is_some() {
                return Ok(Some(name.to_owned()));
            }
        }
        Ok(match head {
            Head::Branch { name, .. } | Head::Unborn { name } => Some(name.clone()),
            Head::Detached { .. } => None,
        })
    }

    pub(crate) async fn identity(&self, folder: &Path) -> Result<CommitIdentity, GitError> {
        // Without useConfigOnly git makes an address up from the machine's name.
        let call = words(["-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"]);
        match self.run(Purpose::Read, folder, call).await {
            Ok(_) => Ok(CommitIdentity::Configured),
            Err(GitError::Failed { .. }) => Ok(CommitIdentity::Missing),
            Err(other) => Err(other),
        }
    }
}

pub(crate) fn existing_folder(path: &Path) -> Result<PathBuf, GitError> {
    match path.canonicalize() {
        Ok(folder) if folder.is_dir() => Ok(folder),
        Ok(path) => Err(GitError::NotARepository { path }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(GitError::PathMissing { path: path.into() })
        }
        Err(error) => Err(GitError::io("Opening the folder", path)(error)),
    }
}
