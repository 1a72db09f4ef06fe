use std::path::{Path, PathBuf};

use vcs::{Body, DiffOptions, Ending, FileChangeKind, FileDiff, GitError, LineKind, Oid, Whitespace};

use crate::fixture::Fixture;

struct Pair {
    f: Fixture,
    root: PathBuf,
    old: Oid,
    new: Oid,
}

async fn pair(before: impl FnOnce(&Fixture, &Path), after: impl FnOnce(&Path)) -> Pair {
    let f = Fixture::new().await;
    let root = f.repository("repo");
    before(&f, &root);
    let old = f.git.snapshot(&root).await.unwrap().tree;
    after(&root);
    let new = f.git.snapshot(&root).await.unwrap().tree;
    Pair { f, root, old, new }
}

impl Pair {
    async fn diff(&self, path: &str, options: DiffOptions) -> Result<FileDiff, GitError> {
        self.f.git.file_diff(&self.root, (&self.old, &self.new), path, options).await
    }

    async fn body(&self, path: &str) -> Body {
        self.diff(path, DiffOptions::default()).await.unwrap().body
    }
}

/// `mark old new text` of each line.
fn lines(body: &Body) -> Vec<String> {
    let Body::Text { hunks, omitted: 0 } = body else { panic!("{body:?}") };
    let number = |it: Option<usize>| it.map_or("-".into(), |it| it.to_string());
    let line = |it: &vcs::DiffLine| {
        let mark = match it.kind {
            LineKind::Same => ' ',
            LineKind::Added => '+',
            LineKind::Removed => '-',
        };
        let end = if it.ending == Ending::Nothing { "$" } else { "" };
        format!("{mark} {} {} {}{end}", number(it.old), number(it.new), it.text)
    };
    hunks.iter().flat_map(|it| &it.lines).map(line).collect()
}

fn write(root: &Path, name: &str, text: impl AsRef<[u8]>) {
    std::fs::write(root.join(name), text).unwrap();
}

#[tokio::test]
async fn ws6_lines_have_their_numbers_and_their_ends() {
    let p = pair(
        |_, root| write(root, "-x y", "1\n2\n3\n4\n5\n6\n7\n8\n9"),
        |root| write(root, "-x y", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
    )
    .await;
    let options = DiffOptions { context: 1, ..DiffOptions::default() };
    let diff = p.diff("-x y", options).await.unwrap();
    assert_eq!(
        lines(&diff.body),
        ["  4 4 4", "- 5 - 5", "+ - 5 five", "  6 6 6", "  8 8 8", "- 9 - 9$", "+ - 9 9"]
    );
    let side = &diff.change.new.as_ref().unwrap().oid;
    assert_eq!(p.f.git.lines(&p.root, side, 2, 4).await.unwrap(), ["2", "3", "4"]);
    assert_eq!(p.f.git.lines(&p.root, side, 9, 99).await.unwrap(), ["9"]);
    assert_eq!(p.f.git.lines(&p.root, side, 5, 1).await.unwrap(), Vec::<String>::new());
    let none = p.diff("a.txt", options).await;
    assert!(matches!(none, Err(GitError::NotChanged { path }) if path == "a.txt"));
    let pattern = p.diff("*", options).await;
    assert!(matches!(pattern, Err(GitError::NotChanged { .. })));
}

#[tokio::test]
async fn ws6_whitespace_can_be_left_out_of_a_view_that_is_then_not_judged() {
    let p = pair(|_, _| {}, |root| write(root, "a.txt", "  one\ntwo more\n")).await;
    let options = DiffOptions { whitespace: Whitespace::Ignored, ..DiffOptions::default() };
    let diff = p.diff("a.txt", options).await.unwrap();
    assert_eq!(lines(&diff.body), ["  1 1   one", "- 2 - two", "+ - 2 two more"]);
    let Body::Text { hunks, .. } = diff.body else { panic!() };
    assert_eq!(hunks[0].id, None);
}

#[tokio::test]
async fn ws6_moved_retyped_and_new_files_are_read_by_either_name() {
    let long: String = (0..40).map(|n| format!("line {n}\n")).collect();
    let p = pair(
        |_, root| {
            write(root, "before", &long);
            write(root, "typed", "text\n");
        },
        |root| {
            std::fs::remove_file(root.join("before")).unwrap();
            std::fs::remove_file(root.join("typed")).unwrap();
            write(root, "after", long.replace("line 7\n", "line seven\n"));
            std::os::unix::fs::symlink("after", root.join("typed")).unwrap();
            write(root, "new", "one");
        },
    )
    .await;
    for name in ["before", "after"] {
        let diff = p.diff(name, DiffOptions { context: 0, ..DiffOptions::default() }).await.unwrap();
        assert_eq!(diff.change.kind, FileChangeKind::Moved);
        assert_eq!(lines(&diff.body), ["- 8 - line 7", "+ - 8 line seven"]);
    }
    assert_eq!(lines(&p.body("typed").await), ["- 1 - text", "+ - 1 after$"]);
    assert_eq!(lines(&p.body("new").await), ["+ - 1 one$"]);
}

#[tokio::test]
async fn ws6_a_file_in_a_folders_place_has_its_own_lines_only() {
    let p = pair(
        |_, root| write(root, "src", "a file\n"),
        |root| {
            std::fs::remove_file(root.join("src")).unwrap();
            std::fs::create_dir(root.join("src")).unwrap();
            write(root, "src/main", "below\n");
        },
    )
    .await;
    assert_eq!(lines(&p.body("src").await), ["- 1 - a file"]);
    assert_eq!(lines(&p.body("src/main").await), ["+ - 1 below"]);
}

#[tokio::test]
async fn ws6_what_is_no_text_is_said_honestly() {
    let pointer = |n: u32| {
        let id = format!("{n:064}");
        format!("version https://git-lfs.github.com/spec/v1\noid sha256:{id}\nsize {n}\n")
    };
    let p = pair(
        |_, root| {
            write(root, "bin", b"\0a");
            write(root, "lfs", pointer(7));
            write(root, "marked", "text\n");
            write(root, ".gitattributes", "marked binary\n");
        },
        |root| {
            write(root, "bin", b"\0b");
            write(root, "lfs", pointer(8));
            write(root, "marked", "other text\n");
            write(root, "large", vec![b'x'; 9 << 20]);
            write(root, "long line", vec![b'x'; 5000]);
            write(root, "many", "line\n\n".repeat(10_001));
        },
    )
    .await;
    assert_eq!(p.body("bin").await, Body::Binary);
    assert_eq!(p.body("large").await, Body::TooLarge { bytes: 9 << 20 });
    assert_eq!(p.body("many").await, Body::Text { hunks: vec![], omitted: 1 });
    assert_eq!(p.body("marked").await, Body::Binary);
    let Body::Lfs { old: Some(old), new: Some(new) } = p.body("lfs").await else { panic!() };
    assert_eq!((old.bytes, new.bytes, new.id), (7, 8, format!("{:064}", 8)));
    let Body::Text { hunks, .. } = p.body("long line").await else { panic!() };
    assert_eq!((hunks[0].lines[0].text.len(), hunks[0].lines[0].cut), (4000, 1000));
}
