use std::collections::BTreeMap;
use std::env;
use std::ffi::{OsStr, OsString};

pub type Env = BTreeMap<OsString, OsString>;

/// What a shell gets of the host's environment; `LC_*` too (TE3). Not `XDG_RUNTIME_DIR`: the sockets of
/// this person's session, the keyring's among them, are there (GR8).
const ALLOWED: [&str; 16] = [
    "HOME",
    "LANG",
    "LANGUAGE",
    "LOGNAME",
    "NODE_EXTRA_CA_CERTS",
    "SHELL",
    "SSL_CERT_FILE",
    "TMPDIR",
    "TZ",
    "USER",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_DIRS",
    "XDG_CONFIG_HOME",
    "XDG_DATA_DIRS",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
];

/// The whole environment of a shell, but the tag of its process.
pub fn of(host: &Env) -> Env {
    let allowed =
        |name: &OsStr| name.to_str().is_some_and(|name| ALLOWED.contains(&name) || name.starts_with("LC_"));
    let mut shells: Env = host
        .iter()
        .filter(|(name, _)| allowed(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    shells.insert("PATH".into(), path(host));
    shells.insert("TERM".into(), "xterm-256color".into());
    shells.insert("COLORTERM".into(), "truecolor".into());
    shells.insert("TERM_PROGRAM".into(), "conclave".into());
    shells
}

/// Without its relative folders: with one, a worktree could bring its own `git` (AG6).
fn path(host: &Env) -> OsString {
    let path = host.get(OsStr::new("PATH")).cloned().unwrap_or_default();
    let folders = env::split_paths(&path).filter(|folder| folder.is_absolute());
    env::join_paths(folders).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn te3_a_shell_gets_what_is_listed_and_no_secret() {
        let host: Env = [
            ("HOME", "/home/ada"),
            ("LC_ALL", "de_DE.UTF-8"),
            ("PATH", "/usr/bin:.:bin:/bin"),
            ("ANTHROPIC_API_KEY", "secret"),
            ("CONCLAVE_DATA", "/home/ada/.local/share/conclave"),
            ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1000/bus"),
            ("GITHUB_TOKEN", "secret"),
            ("SSH_AUTH_SOCK", "/run/agent"),
            ("TERM", "dumb"),
            ("XDG_RUNTIME_DIR", "/run/user/1000"),
        ]
        .into_iter()
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
        let shells = of(&host);
        let shells: Vec<_> = shells.iter().map(|(name, value)| (name.to_str(), value.to_str())).collect();
        let expected = [
            ("COLORTERM", "truecolor"),
            ("HOME", "/home/ada"),
            ("LC_ALL", "de_DE.UTF-8"),
            ("PATH", "/usr/bin:/bin"),
            ("TERM", "xterm-256color"),
            ("TERM_PROGRAM", "conclave"),
        ];
        assert_eq!(shells, expected.map(|(name, value)| (Some(name), Some(value))));
    }
}
