use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use vcs::{PathRefused, WorktreeRoot};

struct Place {
    _folder: TempDir,
    root: WorktreeRoot,
    tree: PathBuf,
    outside: PathBuf,
}

fn place() -> Place {
    let folder = TempDir::new().unwrap();
    let base = folder.path().canonicalize().unwrap();
    let (tree, outside) = (base.join("tree ü"), base.join("outside"));
    std::fs::create_dir_all(tree.join("src")).unwrap();
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(tree.join("src/a.txt"), "inside").unwrap();
    std::fs::write(tree.join(".git"), "gitdir: elsewhere").unwrap();
    std::fs::write(outside.join("secret"), "secret").unwrap();
    let root = WorktreeRoot::open(&tree).unwrap();
    Place { _folder: folder, root, tree, outside }
}

#[test]
fn gr7_paths_inside_are_resolved() {
    let p = place();
    for (given, resolved) in [
        (PathBuf::from("src/a.txt"), "src/a.txt"),
        ("./src//./a.txt".into(), "src/a.txt"),
        (p.tree.join("src/a.txt"), "src/a.txt"),
        ("new/deep/file".into(), "new/deep/file"),
        (".gitignore".into(), ".gitignore"),
        ("...".into(), "..."),
    ] {
        assert_eq!(p.root.confine(&given).unwrap(), p.tree.join(resolved));
    }
    assert_eq!(p.root.confine(Path::new(".")).unwrap(), p.tree);
}

#[test]
fn gr7_a_root_given_by_a_link_is_known_by_both_names() {
    let p = place();
    let link = p.outside.join("link");
    symlink(&p.tree, &link).unwrap();
    let root = WorktreeRoot::open(&link).unwrap();
    for given in [link.join("src/a.txt"), p.tree.join("src/a.txt")] {
        assert_eq!(root.confine(&given).unwrap(), p.tree.join("src/a.txt"));
    }
}

#[test]
fn gr7_steps_out_and_odd_names_are_refused() {
    let p = place();
    let refused = |path: &str| p.root.confine(Path::new(path)).unwrap_err();
    assert!(matches!(refused(""), PathRefused::Empty));
    assert!(matches!(refused("a\0b"), PathRefused::Nul));
    assert!(matches!(refused("../outside/secret"), PathRefused::ParentStep));
    assert!(matches!(refused("src/../src/a.txt"), PathRefused::ParentStep));
    assert!(matches!(refused("/etc/passwd"), PathRefused::Outside));
    assert!(matches!(refused("/"), PathRefused::Outside));
    let beside = format!("{}2/x", p.tree.display());
    assert!(matches!(refused(&beside), PathRefused::Outside));
    assert!(matches!(refused("src/a.txt/below"), PathRefused::Missing));
}

#[test]
fn gr7_gits_own_records_are_refused_in_every_spelling() {
    let p = place();
    symlink(".git", p.tree.join("alias")).unwrap();
    for path in [
        ".git",
        ".git/config",
        ".GIT/hooks/post-checkout",
        "sub/.git/config",
        ".git./config",
        ".git /config",
        "git~1/config",
        ".g\u{200c}it/config",
        ".git::$INDEX_ALLOCATION/config",
        "alias",
    ] {
        let refused = p.root.confine(Path::new(path));
        assert!(matches!(refused, Err(PathRefused::GitInternals)), "{path}: {refused:?}");
    }
}

#[tokio::test]
async fn gr7_ag6_links_that_lead_out_are_refused_for_reading_and_writing() {
    let p = place();
    symlink(&p.outside, p.tree.join("folder")).unwrap();
    symlink(p.outside.join("secret"), p.tree.join("file")).unwrap();
    symlink("../outside/secret", p.tree.join("relative")).unwrap();
    symlink(p.outside.join("not-yet"), p.tree.join("dangling")).unwrap();
    symlink("folder/secret", p.tree.join("twice")).unwrap();
    for path in ["folder/secret", "folder/new", "file", "relative", "dangling", "twice"] {
        let path = Path::new(path);
        let read = p.root.read_text(path, 100).await;
        assert!(matches!(read, Err(PathRefused::Outside)), "{path:?}: {read:?}");
        let written = p.root.write_text(path, "pwned".into()).await;
        assert!(matches!(written, Err(PathRefused::Outside)), "{path:?}: {written:?}");
    }
    assert_eq!(std::fs::read_to_string(p.outside.join("secret")).unwrap(), "secret");
    assert_eq!(p.outside.read_dir().unwrap().count(), 1);
}

#[tokio::test]
async fn links_that_stay_inside_are_followed() {
    let p = place();
    symlink("src", p.tree.join("lib")).unwrap();
    symlink("../src/a.txt", p.tree.join("src/b.txt")).unwrap();
    for path in ["lib/a.txt", "src/b.txt", "lib/b.txt"] {
        let read = p.root.read_text(Path::new(path), 100).await.unwrap();
        assert_eq!(read, "inside");
    }
    let written = p.root.write_text(Path::new("lib/b.txt"), "new".into()).await;
    written.unwrap();
    assert_eq!(std::fs::read_to_string(p.tree.join("src/a.txt")).unwrap(), "new");
    assert!(p.tree.join("src/b.txt").is_symlink());
}

#[tokio::test]
async fn writing_makes_folders_keeps_modes_and_spares_hard_links() {
    let p = place();
    let file = p.tree.join("src/a.txt");
    std::fs::hard_link(&file, p.outside.join("shared")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o751)).unwrap();
    p.root.write_text(&file, "new".into()).await.unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o751);
    assert_eq!(std::fs::read_to_string(p.outside.join("shared")).unwrap(), "inside");

    let deep = Path::new("a/b ü/c.txt");
    p.root.write_text(deep, "deep".into()).await.unwrap();
    assert_eq!(p.root.read_text(deep, 4).await.unwrap(), "deep");
    assert_eq!(p.tree.join("src").read_dir().unwrap().count(), 1);
}

#[tokio::test]
async fn what_is_no_small_text_file_is_refused() {
    let p = place();
    std::fs::write(p.tree.join("bytes"), [0xff, 0xfe]).unwrap();
    nix::unistd::mkfifo(&p.tree.join("pipe"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    let read = async |path: &str| p.root.read_text(Path::new(path), 5).await.unwrap_err();
    assert!(matches!(read("src/a.txt").await, PathRefused::TooLarge { limit: 5 }));
    assert!(matches!(read("bytes").await, PathRefused::NotText));
    assert!(matches!(read("pipe").await, PathRefused::NotAFile));
    assert!(matches!(read("src").await, PathRefused::NotAFile));
    assert!(matches!(read(".").await, PathRefused::NotAFile));
    assert!(matches!(read("none").await, PathRefused::Missing));
    assert!(matches!(read("none/none").await, PathRefused::Missing));
    for path in ["src", "pipe", "."] {
        let written = p.root.write_text(Path::new(path), String::new()).await;
        assert!(matches!(written, Err(PathRefused::NotAFile)), "{path}: {written:?}");
    }
}
