use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::decoder::Look;

/// A longer file is shown without its old text.
const LONGEST: u64 = 1024 * 1024;

/// Looks at files of the worktree and at no others, links resolved.
pub fn look(worktree: &Path) -> Look {
    let worktree = worktree.to_owned();
    Box::new(move |path| {
        let root = worktree.canonicalize().ok()?;
        let file = root.join(path).canonicalize().ok()?;
        let is_ours = file.starts_with(&root) && fs::metadata(&file).is_ok_and(|it| it.is_file());
        let mut text = String::new();
        File::open(file).ok().filter(|_| is_ours)?.take(LONGEST + 1).read_to_string(&mut text).ok()?;
        (text.len() as u64 <= LONGEST).then_some(text)
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn ag6_only_files_of_the_worktree_are_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let worktree = folder.path().join("work");
        fs::create_dir(&worktree).unwrap();
        fs::write(worktree.join("a.txt"), "inside").unwrap();
        fs::write(folder.path().join("b.txt"), "outside").unwrap();
        symlink("../b.txt", worktree.join("link")).unwrap();
        fs::write(worktree.join("long"), "x".repeat(LONGEST as usize + 1)).unwrap();
        let look = look(&worktree);
        assert_eq!(look("a.txt").as_deref(), Some("inside"));
        assert_eq!(look(worktree.join("a.txt").to_str().unwrap()).as_deref(), Some("inside"));
        for hidden in ["../b.txt", "link", "long", "none", ".", folder.path().join("b.txt").to_str().unwrap()]
        {
            assert_eq!(look(hidden), None, "{hidden}");
        }
    }
}
