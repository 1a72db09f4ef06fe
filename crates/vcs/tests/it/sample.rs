use std::process::Command;

use vcs::{GitError, Head};

use crate::fixture::Fixture;

#[tokio::test]
async fn the_sample_needs_no_identity_and_is_the_same_everywhere() {
    let f = Fixture::new().await;
    f.run(&f.base, &["config", "--global", "commit.gpgSign", "true"]);
    f.run(&f.base, &["config", "--global", "init.defaultBranch", "other"]);
    let (one, two) = (f.base.join("Try it/one ü"), f.base.join("two"));
    std::fs::create_dir(&two).unwrap();
    let first = f.git.create_sample_repository(&one).await.unwrap();
    let second = f.git.create_sample_repository(&two).await.unwrap();
    assert_eq!(first, second);

    let facts = f.git.inspect(&one).await.unwrap();
    assert_eq!(facts.root, one);
    assert!(matches!(facts.head, Head::Branch { ref name, .. } if name == "main"));
    assert_eq!(f.run(&one, &["log", "--format=%an"]), "Conclave sample");
    assert_eq!(f.run(&one, &["status", "--porcelain"]), "");
    assert_eq!(f.run(&one, &["ls-files"]), "README.md\npackage.json\nsrc/greet.js\ntest/greet.test.js");
    assert_eq!(one.parent().unwrap().read_dir().unwrap().count(), 1);
}

#[tokio::test]
async fn a_folder_with_something_in_it_is_left_alone() {
    let f = Fixture::new().await;
    let path = f.base.join("mine");
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("file"), "mine").unwrap();
    for taken in [path.clone(), path.join("file")] {
        let refused = f.git.create_sample_repository(&taken).await;
        assert!(matches!(refused, Err(GitError::PathTaken { .. })));
    }
    assert_eq!(path.read_dir().unwrap().count(), 1);
    assert_eq!(std::fs::read_to_string(path.join("file")).unwrap(), "mine");
}

#[tokio::test]
async fn the_samples_own_test_passes() {
    let f = Fixture::new().await;
    let path = f.base.join("sample");
    f.git.create_sample_repository(&path).await.unwrap();
    let run = Command::new("node").arg("--test").current_dir(&path).output();
    let run = run.expect("node is needed to build Conclave");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}");
    assert!(said.contains("pass 1"), "{said}");
}
