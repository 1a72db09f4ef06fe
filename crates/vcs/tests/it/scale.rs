//! How long it takes beside plain git, on repositories as large as people have them. By hand:
//! `cargo nextest run -p vcs --run-ignored only scale --no-capture`

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use vcs::Whitespace;

use crate::fixture::Fixture;

const ROUNDS: usize = 7;

/// Tracked files, of which a hundred are changed, and a hundred new ones.
async fn large(files: usize) -> (Fixture, PathBuf) {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    for n in 0..files {
        let folder = root.join(format!("d{}/e{}", n % 100, n / 100 % 10));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("f{n}.txt")), format!("line {n}\n").repeat(30)).unwrap();
    }
    f.commit(&root, "b.txt", "b\n");
    f.run(&root, &["config", "user.email", "a@b"]);
    f.run(&root, &["config", "user.name", "A"]);
    for n in 0..100 {
        std::fs::write(root.join(format!("d{n}/e0/f{n}.txt")), format!("changed {n}\n").repeat(30)).unwrap();
        std::fs::write(root.join(format!("d{n}/new{n}.txt")), format!("new {n}\n").repeat(30)).unwrap();
    }
    (f, root)
}

fn plain(root: &Path, arguments: &[&str]) -> Duration {
    let began = Instant::now();
    let output = Command::new("git").current_dir(root).args(arguments).output().unwrap();
    assert!(output.status.success());
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

async fn measure(files: usize) {
    let (f, root) = large(files).await;
    let head = f.git.head_oid(&root).await.unwrap();
    let [mut stash, mut snapshot, mut diff, mut compare, mut list] = [const { Vec::new() }; 5];
    for _ in 0..ROUNDS {
        stash.push(plain(&root, &["stash", "create"]));
        let began = Instant::now();
        let now = f.git.snapshot(&root).await.unwrap();
        snapshot.push(began.elapsed());
        diff.push(plain(&root, &["diff", "--raw", "--numstat", "HEAD"]));
        let began = Instant::now();
        f.git.compare(&root, &head, &now.tree, Whitespace::Counts).await.unwrap();
        compare.push(began.elapsed());
        let began = Instant::now();
        assert!(f.git.list_files(&root, 200_000).await.unwrap().paths.len() > files);
        list.push(began.elapsed());
    }
    let [stash, snapshot, diff, compare, list] = [stash, snapshot, diff, compare, list].map(median);
    println!("{files} files: git stash create {stash:?}, snapshot {snapshot:?}");
    println!("{files} files: git diff {diff:?}, compare {compare:?}, list_files {list:?}");
    assert!(snapshot < stash.mul_f64(1.5), "{snapshot:?} against {stash:?}");
    assert!(compare < diff.mul_f64(1.5), "{compare:?} against {diff:?}");
}

#[tokio::test]
#[ignore = "a minute of work, for a machine that does nothing else"]
async fn ws1_ws5_ten_thousand_files_take_no_longer_than_git() {
    measure(10_000).await;
}

#[tokio::test]
#[ignore = "minutes of work, for a machine that does nothing else"]
async fn ws1_ws5_ws16_a_hundred_thousand_files_take_no_longer_than_git() {
    measure(100_000).await;
}
