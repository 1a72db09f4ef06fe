use vcs::{FileChangeKind, FileMode, Lines, Whitespace};

use crate::fixture::Fixture;

#[tokio::test]
async fn ws5_kinds_counts_moves_modes_and_sizes_are_told() {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    let long: String = (0..40).map(|n| format!("line {n}\n")).collect();
    for (file, text) in
        [("gone", "entirely\nother\n"), ("old name", &*long), ("run", "x\n"), ("bin", "\0"), ("ws", "a\n")]
    {
        f.commit(&root, file, text);
    }
    let old = f.git.snapshot(&root).await.unwrap().tree;
    let write = |name: &str, text: &str| std::fs::write(root.join(name), text).unwrap();
    std::fs::remove_file(root.join("gone")).unwrap();
    std::fs::rename(root.join("old name"), root.join("new\t\"name\"\n")).unwrap();
    write("new\t\"name\"\n", &long.replace("line 7\n", "line seven\n"));
    f.script(&root.join("run"), "x\n");
    write("bin", "\0\0");
    write("ws", "  a\n");
    write("fresh", "1\n2\n3");
    std::fs::remove_file(root.join("a.txt")).unwrap();
    std::os::unix::fs::symlink("ws", root.join("a.txt")).unwrap();
    let new = f.git.snapshot(&root).await.unwrap().tree;
    let found = f.git.compare(&root, &old, &new, Whitespace::Counts).await.unwrap();
    let counted = |additions, deletions| Lines::Counted { additions, deletions };
    let seen: Vec<_> = found.files.iter().map(|it| (&*it.path, it.kind, it.lines)).collect();
    assert_eq!(
        seen,
        [
            ("a.txt", FileChangeKind::Retyped, counted(1, 2)),
            ("bin", FileChangeKind::Modified, Lines::Uncounted),
            ("fresh", FileChangeKind::Added, counted(3, 0)),
            ("gone", FileChangeKind::Deleted, counted(0, 2)),
            ("new\t\"name\"\n", FileChangeKind::Moved, counted(1, 1)),
            ("run", FileChangeKind::Modified, counted(0, 0)),
            ("ws", FileChangeKind::Modified, counted(1, 1)),
        ]
    );
    assert_eq!(found.files[4].moved_from.as_deref(), Some("old name"));
    let run = &found.files[5];
    let mode = |side: &Option<vcs::Side>| side.as_ref().map(|it| (it.mode, it.bytes));
    assert_eq!(mode(&run.old), Some((FileMode::Plain, None)));
    assert_eq!(mode(&run.new), Some((FileMode::Executable, None)));
    assert_eq!(mode(&found.files[2].old), None);
    let bin = found.files[1].new.as_ref().unwrap();
    assert_eq!(bin.bytes, Some(2));
    assert_eq!(f.git.read_blob(&root, &bin.oid, 9).await.unwrap(), b"\0\0");

    let loose = f.git.compare(&root, &old, &new, Whitespace::Ignored).await.unwrap();
    assert_eq!(loose.files[6].lines, counted(0, 0));
}
