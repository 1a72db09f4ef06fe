//! What git costs us beside git itself, on worktrees as large as people have them: a hundred files of it are changed,
//! and a hundred are new.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, ensure};
use vcs::{CheckpointName, Git, Whitespace};

use crate::report::Row;
use crate::stats::median;

const ROUNDS: usize = 7;

struct Large {
    _folder: tempfile::TempDir,
    root: PathBuf,
    git: Git,
}

/// What the list of changes takes: a snapshot, and its comparison with the last commit.
pub async fn changes(name: &'static str, files: usize) -> Result<Vec<Row>> {
    let it = Large::of(files).await?;
    let head = it.git.head_oid(&it.root).await?;
    let (mut ours, mut plain) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let now = it.git.snapshot(&it.root).await?;
        let found = it.git.compare(&it.root, &head, &now.tree, Whitespace::Counts).await?;
        ours.push(began.elapsed().as_secs_f64() * 1e3);
        ensure!(found.files.len() == 200, "{} files", found.files.len());
        let began = Instant::now();
        run(&it.root, &["status", "--porcelain", "--untracked-files=all"])?;
        run(&it.root, &["diff", "--raw", "--numstat", "HEAD"])?;
        plain.push(began.elapsed().as_secs_f64() * 1e3);
    }
    let row = Row::cost(name, "ms", (median(ours), median(plain)));
    Ok(vec![row.beside("git status and git diff; wanted: at most 1.5")])
}

pub async fn checkpoint() -> Result<Vec<Row>> {
    let it = Large::of(10_000).await?;
    let (mut ours, mut plain) = (Vec::new(), Vec::new());
    for number in 1..=ROUNDS as u64 {
        let name = CheckpointName::new("bench", number)?;
        let began = Instant::now();
        it.git.checkpoint(&it.root, &name, None).await?;
        ours.push(began.elapsed().as_secs_f64() * 1e3);
        let began = Instant::now();
        run(&it.root, &["stash", "create"])?;
        plain.push(began.elapsed().as_secs_f64() * 1e3);
    }
    let row = Row::cost("checkpoint_10k", "ms", (median(ours), median(plain)));
    Ok(vec![row.beside("git stash create, which leaves new files out; wanted: at most 1.5")])
}

impl Large {
    async fn of(files: usize) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().canonicalize()?.join("repository");
        std::fs::create_dir(&root)?;
        for n in 0..files {
            write(&root.join(format!("d{}/e{}/f{n}.txt", n % 100, n / 100 % 10)), &format!("line {n}\n"))?;
        }
        run(&root, &["init", "--quiet"])?;
        for (key, value) in [("user.name", "A"), ("user.email", "a@bench.invalid"), ("gc.auto", "0")] {
            run(&root, &["config", key, value])?;
        }
        run(&root, &["add", "--all"])?;
        run(&root, &["commit", "--quiet", "--no-gpg-sign", "-m", "Begin"])?;
        for n in 0..100 {
            write(&root.join(format!("d{n}/e0/f{n}.txt")), &format!("changed {n}\n"))?;
            write(&root.join(format!("d{n}/new{n}.txt")), &format!("new {n}\n"))?;
        }
        Ok(Self { _folder: folder, root, git: Git::find().await? })
    }
}

fn write(path: &Path, line: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(path, line.repeat(30))?)
}

fn run(root: &Path, arguments: &[&str]) -> Result<()> {
    let output = Command::new("git").current_dir(root).args(arguments).output()?;
    ensure!(output.status.success(), "git {arguments:?}");
    Ok(())
}
