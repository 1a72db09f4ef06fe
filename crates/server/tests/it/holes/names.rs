//! Names that are options to git.

use std::path::Path;
use std::process::Command;

use model::Preset;
use testkit::{TestHost, command};
use wire::{Reply, Request};

use super::Scene;

fn names(pwned: &Path) -> Vec<String> {
    let pwned = pwned.display();
    vec![
        format!("--upload-pack=touch {pwned}"),
        format!("--exec=touch {pwned}"),
        format!("--output={pwned}"),
        format!("-c core.sshCommand=touch {pwned}"),
        format!("$(touch {pwned})"),
        format!("; touch {pwned};"),
        format!("../../{pwned}"),
        "-f".to_owned(),
        "--".to_owned(),
        "HEAD".to_owned(),
        "refs/heads/main".to_owned(),
    ]
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@conclave.invalid"];
    let said = Command::new("git").args(identity).args(arguments).current_dir(folder).output().unwrap();
    assert!(said.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn gr7_names_that_look_like_options_are_only_names() {
    let host = TestHost::start().await.unwrap();
    let owner = host.owner().await.unwrap();
    let pwned = host.folder().join("pwned");
    // The folder, the branch that is checked out, and a tag are all called like options.
    let root = host.folder().join("--upload-pack=touch pwned");
    std::fs::create_dir(&root).unwrap();
    git(&root, &["init", "-q", "-b", "main"]);
    git(&root, &["commit", "-q", "--no-gpg-sign", "--allow-empty", "-m", "Begin"]);
    let branch = format!("refs/heads/--output={}", pwned.display());
    git(&root, &["update-ref", &branch.replace("//", "/"), "HEAD"]);
    git(&root, &["update-ref", "refs/tags/--force", "HEAD"]);
    git(&root, &["symbolic-ref", "HEAD", &branch]);
    let path = root.to_str().unwrap().to_owned();
    let added = owner.call(Request::AddRepository { command: command(), path }).await;
    let Ok(Reply::Repository { repository }) = added else { panic!("a repository, not {added:?}") };

    for name in names(&pwned) {
        let made = Request::CreateWorkspace { command: command(), repository, name: name.clone() };
        // A refusal is as good.
        let _ = owner.call(made).await;
        assert!(!pwned.exists(), "{name:?} was run");
    }
    for line in git(&root, &["worktree", "list", "--porcelain"]).lines() {
        let Some(branch) = line.strip_prefix("branch refs/heads/conclave/") else { continue };
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '.';
        assert!(branch.chars().all(plain) && !branch.starts_with('-'), "{branch}");
    }
    for path in
        [format!("--upload-pack=touch {}", pwned.display()), format!("ext::sh -c touch% {}", pwned.display())]
    {
        owner.call(Request::AddRepository { command: command(), path }).await.unwrap_err();
        assert!(!pwned.exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gr7_a_guest_makes_no_workspace_by_any_name() {
    let scene = Scene::set(Preset::CoHost).await;
    let bea = scene.guest("Bea").await;
    let pwned = scene.host.folder().join("pwned");
    let repository = model::RepositoryId(uuid::Uuid::nil());
    for name in names(&pwned).into_iter().take(3) {
        let made = Request::CreateWorkspace { command: command(), repository, name };
        let refused = bea.client.call(made).await.unwrap_err();
        assert_eq!(refused.code, wire::FailureCode::Forbidden);
    }
    assert!(!pwned.exists());
}
