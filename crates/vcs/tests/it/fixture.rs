use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use vcs::Git;

/// A folder with a home of its own, so that the settings of the machine play no part.
pub struct Fixture {
    _folder: TempDir,
    pub base: PathBuf,
    pub git: Git,
}

impl Fixture {
    pub async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let base = folder.path().canonicalize().unwrap();
        std::fs::create_dir(base.join("home")).unwrap();
        let git = Git::find().await.unwrap();
        let git = settings(&base).fold(git, |git, (name, value)| git.with_variable(name, value));
        Self { _folder: folder, base, git }
    }

    /// A repository with one commit of `a.txt`.
    pub fn repository(&self, name: &str) -> PathBuf {
        let path = self.empty_repository(name);
        self.commit(&path, "a.txt", "one\ntwo\n");
        path
    }

    pub fn empty_repository(&self, name: &str) -> PathBuf {
        let path = self.base.join(name);
        std::fs::create_dir_all(&path).unwrap();
        self.run(&path, &["init", "-q", "-b", "main"]);
        path
    }

    pub fn commit(&self, repository: &Path, file: &str, text: &str) {
        std::fs::write(repository.join(file), text).unwrap();
        self.run(repository, &["add", "-A"]);
        let ada = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
        let commit = ["commit", "-q", "--no-verify", "-m", "a commit"];
        self.run(repository, &[ada.as_slice(), &commit].concat());
    }

    /// Plain git, past the crate under test.
    pub fn run(&self, folder: &Path, arguments: &[&str]) -> String {
        let failed = |output: Output| {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            panic!("git {arguments:?}: {said}")
        };
        self.try_run(folder, arguments).unwrap_or_else(failed)
    }

    /// As `run`, for what may fail.
    pub fn try_run(&self, folder: &Path, arguments: &[&str]) -> Result<String, Output> {
        let output = Command::new("git")
            .envs(settings(&self.base))
            .current_dir(folder)
            .args(arguments)
            .output()
            .unwrap();
        if !output.status.success() {
            return Err(output);
        }
        Ok(String::from_utf8(output.stdout).unwrap().trim().to_owned())
    }

    pub fn script(&self, path: &Path, text: &str) {
        use std::os::unix::fs::PermissionsExt;
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
}

fn settings(base: &Path) -> impl Iterator<Item = (&'static str, PathBuf)> {
    let home = base.join("home");
    [
        ("HOME", home.clone()),
        ("XDG_CONFIG_HOME", home.join("config")),
        ("GIT_CONFIG_GLOBAL", home.join("gitconfig")),
        ("GIT_CONFIG_NOSYSTEM", "1".into()),
    ]
    .into_iter()
}
