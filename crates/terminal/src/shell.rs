use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use nix::unistd::{User, geteuid};

use crate::environment::Env;

/// The one that the person has chosen, if it is there.
pub fn of(host: &Env) -> PathBuf {
    let chosen = host.get(OsStr::new("SHELL")).map(PathBuf::from);
    let known = User::from_uid(geteuid()).ok().flatten().map(|user| user.shell);
    let mut shells = chosen.into_iter().chain(known).filter(|shell| runs(shell));
    shells.next().unwrap_or_else(|| PathBuf::from("/bin/sh"))
}

fn runs(shell: &Path) -> bool {
    let executable =
        |path: &Path| path.metadata().is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0);
    shell.is_absolute() && executable(shell)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(shell: &str) -> PathBuf {
        of(&Env::from([("SHELL".into(), shell.into())]))
    }

    #[test]
    fn te3_the_shell_is_the_persons_own_or_one_that_is_there() {
        assert_eq!(chosen("/bin/sh"), Path::new("/bin/sh"));
        for wrong in ["sh", "./sh", "/nowhere/sh", "/tmp", "/etc/passwd"] {
            let shell = chosen(wrong);
            assert!(runs(&shell) && shell != Path::new(wrong), "{}", shell.display());
        }
    }
}
