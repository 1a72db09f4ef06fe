use vcs::Listed;

use crate::fixture::Fixture;

#[tokio::test]
async fn ws16_files_are_listed_tracked_or_not_without_the_ignored_and_the_deleted() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    f.commit(&root, "gone.txt", "x\n");
    f.commit(&root, ".gitignore", "ignored\n");
    std::fs::create_dir(root.join("new dir")).unwrap();
    for name in ["ignored", "new dir/ü \"x\"\n", "-n"] {
        std::fs::write(root.join(name), "x").unwrap();
    }
    std::fs::remove_file(root.join("gone.txt")).unwrap();
    f.empty_repository("repo/nested");
    f.commit(&root.join("nested"), "inner", "x");
    let listed = f.git.list_files(&root, 100).await.unwrap();
    assert_eq!(listed.paths, ["-n", ".gitignore", "a.txt", "nested", "new dir/ü \"x\"\n"]);
    assert_eq!(listed.omitted, 0);
    let few = f.git.list_files(&root, 2).await.unwrap();
    assert_eq!(few, Listed { paths: vec!["-n".into(), ".gitignore".into()], omitted: 3 });
}

#[tokio::test]
async fn ws16_a_file_in_conflict_is_listed_once() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    f.run(&root, &["checkout", "-q", "-b", "other"]);
    f.commit(&root, "a.txt", "other\n");
    f.run(&root, &["checkout", "-q", "main"]);
    f.commit(&root, "a.txt", "main\n");
    f.try_run(&root, &["-c", "user.name=A", "-c", "user.email=a@b", "merge", "-q", "other"]).unwrap_err();
    assert_eq!(f.git.list_files(&root, 9).await.unwrap().paths, ["a.txt"]);
}
