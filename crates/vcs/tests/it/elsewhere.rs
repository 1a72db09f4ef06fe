//! What goes to other places and comes from them: clones, pull requests, and both sides of a picture.

use vcs::{GitError, PullRequest};

use crate::fixture::Fixture;

#[tokio::test]
async fn ws21_a_repository_is_cloned_or_nothing_is_made() {
    let f = Fixture::new().await;
    let from = f.repository("from");
    let into = f.base.join("new/folder/clone");
    let made = f.git.clone_repository(&format!(" {} ", from.display()), &into).await.unwrap();
    assert_eq!(made, into.canonicalize().unwrap());
    assert_eq!(f.run(&made, &["rev-parse", "HEAD"]), f.run(&from, &["rev-parse", "HEAD"]));
    let again = f.git.clone_repository(from.to_str().unwrap(), &into).await;
    assert!(matches!(again, Err(GitError::PlaceTaken { .. })), "{again:?}");
    let relative = f.git.clone_repository(from.to_str().unwrap(), "x".as_ref()).await;
    assert!(matches!(relative, Err(GitError::PlaceTaken { .. })), "{relative:?}");

    let into = f.base.join("none");
    let gone = f.git.clone_repository(f.base.join("nothing").to_str().unwrap(), &into).await;
    assert!(matches!(gone, Err(GitError::CloneFailed { .. })), "{gone:?}");
    let silent = f.git.clone_repository("https://me:secret@127.0.0.1:1/x.git", &into).await.unwrap_err();
    assert!(!silent.to_string().contains("secret"), "{silent}");
    let touched = f.base.join("touched");
    let command = f.git.clone_repository(&format!("ext::touch {}", touched.display()), &into).await;
    assert!(matches!(command, Err(GitError::CloneAddress { .. })), "{command:?}");
    assert!(!into.exists() && !touched.exists());
}

#[tokio::test]
async fn ws14_a_pull_request_is_opened_by_githubs_program_after_a_push() {
    let mut f = Fixture::new().await;
    let root = f.repository("repo");
    let remote = f.base.join("origin");
    f.run(&f.base, &["init", "-q", "--bare", "origin"]);
    f.run(&root, &["remote", "add", "origin", remote.to_str().unwrap()]);
    f.run(&root, &["checkout", "-q", "-b", "work"]);
    let wish = PullRequest {
        branch: "work".into(),
        onto: Some("main".into()),
        title: "--A title".into(),
        body: "Why.\nHow.".into(),
    };
    let programs = f.base.join("programs");
    std::fs::create_dir_all(&programs).unwrap();
    f.git = f.git.clone().with_variable("PATH", programs.clone());
    if f.git.find_gh().is_none() {
        let missing = f.git.open_pull_request(&root, wish.clone()).await;
        assert!(matches!(missing, Err(GitError::GhMissing)), "{missing:?}");
        assert_eq!(f.run(&remote, &["for-each-ref"]), "", "nothing was pushed");
    }

    let heard = f.base.join("heard");
    let gh = programs.join("gh");
    let script = |end: &str| {
        format!(
            "#!/bin/sh\nprintf '%s\\n' \"$@\" > '{0}'\nwhile read -r line; do printf '%s\\n' \"$line\" >> '{0}'; done\n{end}\n",
            heard.display()
        )
    };
    f.script(&gh, &script("echo https://host/pull/7"));
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    f.git = f.git.clone().with_variable("PATH", path);
    assert_eq!(f.git.open_pull_request(&root, wish.clone()).await.unwrap(), "https://host/pull/7");
    let heard = std::fs::read_to_string(&heard).unwrap();
    let expected = "pr create --head work --title --A title --body-file - --base main";
    assert!(heard.replace('\n', " ").starts_with(expected), "{heard}");
    assert!(heard.contains("Why."), "{heard}");
    assert_eq!(f.run(&remote, &["rev-parse", "work"]), f.run(&root, &["rev-parse", "work"]));

    f.script(&gh, &script("echo 'a pull request for it already exists: https://host/pull/7' >&2\nexit 1"));
    assert_eq!(f.git.open_pull_request(&root, wish.clone()).await.unwrap(), "https://host/pull/7");
    f.script(&gh, &script("echo 'not logged in' >&2\nexit 4"));
    let refused = f.git.open_pull_request(&root, wish).await;
    assert!(
        matches!(&refused, Err(GitError::PullRefused { said }) if said == "not logged in"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn fi9_both_sides_of_a_change_are_read_within_a_limit() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    f.commit(&root, "one.png", "old");
    let old = f.git.head_oid(&root).await.unwrap();
    f.run(&root, &["mv", "one.png", "two.png"]);
    f.commit(&root, "new.png", "\u{89}PNG");
    f.run(&root, &["rm", "-q", "a.txt"]);
    std::os::unix::fs::symlink("/etc/passwd", root.join("link.png")).unwrap();
    f.run(&root, &["add", "link.png"]);
    f.commit(&root, "c.txt", "c");
    let new = f.git.head_oid(&root).await.unwrap();
    let read = async |path: &str, limit| f.git.both_sides(&root, (&old, &new), path, limit).await;
    assert_eq!(read("new.png", 9).await.unwrap(), (None, Some("\u{89}PNG".as_bytes().to_vec())));
    assert_eq!(read("one.png", 9).await.unwrap(), (Some(b"old".to_vec()), Some(b"old".to_vec())));
    assert!(matches!(read("a.txt", 99).await.unwrap(), (Some(_), None)));
    assert_eq!(read("link.png", 99).await.unwrap(), (None, None));
    assert!(matches!(read("new.png", 3).await, Err(GitError::TooLarge { .. })));
    assert!(matches!(read("README", 3).await, Err(GitError::NotChanged { .. })));
}
