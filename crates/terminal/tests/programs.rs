use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use model::{TerminalSize, limits};
use ports::contract::terminal::{all, ended, has, open, read_until, rest};
use ports::terminal::{Output, Terminal, TerminalError, TerminalStart, Terminals};
use terminal::{Env, PtyTerminals};

fn terminals() -> PtyTerminals {
    let host =
        [("HOME", "/nowhere"), ("PATH", "/usr/bin:/bin"), ("SHELL", "/bin/bash"), ("PROVIDER_KEY", "secret")];
    let host: Env = host.map(|(name, value)| (name.into(), value.into())).into();
    PtyTerminals::new(&host)
}

fn start(folder: &Path, script: Option<&str>) -> TerminalStart {
    let size = TerminalSize { columns: 80, rows: 24 };
    TerminalStart { worktree: folder.into(), size, script: script.map(str::to_owned) }
}

async fn bash(folder: &Path) -> Arc<dyn Terminal> {
    open(&terminals(), folder).await
}

/// Types a line and gives what is shown from then on until a line with the word.
async fn shown(terminal: &dyn Terminal, line: &str, word: &str) -> String {
    let from = terminal.head().borrow().end;
    terminal.write(format!("{line}\n").as_bytes()).unwrap();
    let seen = read_until(terminal, from, |seen| has(seen, word)).await;
    String::from_utf8_lossy(&seen).into_owned()
}

fn is_alive(pid: &str) -> bool {
    std::fs::read_to_string(Path::new("/proc").join(pid).join("stat"))
        .is_ok_and(|stat| !stat.contains(") Z "))
}

/// The process id that the line says.
async fn pid(terminal: &dyn Terminal, line: &str) -> String {
    let from = terminal.head().borrow().end;
    terminal.write(format!("{line}\n").as_bytes()).unwrap();
    let said = |seen: &[u8]| {
        let seen = String::from_utf8_lossy(seen);
        let lines = seen.split("pid=").skip(1).filter_map(|after| after.split_once("\r\n"));
        lines.map(|(number, _)| number.to_owned()).find(|it| it.parse::<u32>().is_ok())
    };
    said(&read_until(terminal, from, |seen| said(seen).is_some()).await).unwrap()
}

#[tokio::test]
async fn ptys_keep_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    all(&terminals(), folder.path()).await;
}

#[tokio::test]
async fn te3_a_shell_is_in_its_worktree_with_a_clean_environment() {
    let folder = tempfile::Builder::new().prefix("wörk tree ").tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    let terminal = bash(&path).await;
    let seen = shown(&*terminal, "pwd; env; tty; shopt -q login_shell || echo no-'login'", "no-login").await;
    assert!(seen.contains(path.to_str().unwrap()) && seen.contains("/dev/pts/"), "{seen}");
    assert!(seen.contains("TERM=xterm-256color") && !seen.contains("secret"), "{seen}");
    terminal.end().await;
}

#[tokio::test]
async fn te6_programs_see_a_new_size() {
    let folder = tempfile::tempdir().unwrap();
    let terminal = bash(folder.path()).await;
    assert!(shown(&*terminal, "stty size", "24 80").await.contains("24 80"));
    shown(&*terminal, "trap 'echo resized to $(stty size)' WINCH; echo re'ady'", "ready").await;
    let from = terminal.head().borrow().end;
    terminal.resize(TerminalSize { columns: 101, rows: 33 }).unwrap();
    terminal.write(b"\n").unwrap();
    read_until(&*terminal, from, |seen| has(seen, "resized to 33 101")).await;
    terminal.resize(TerminalSize { columns: 0, rows: 60_000 }).unwrap();
    shown(&*terminal, "stty size", "1000 1").await;
    terminal.end().await;
}

#[tokio::test]
async fn te5_input_arrives_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let terminal = bash(folder.path()).await;
    shown(&*terminal, "stty -echo; echo re'ady'; cat > typed; echo do'ne'", "ready").await;
    let mut expected = String::new();
    for number in 0..5_000 {
        let line = format!("{number}\n");
        while terminal.write(line.as_bytes()) == Err(TerminalError::InputFull) {
            tokio::task::yield_now().await;
        }
        expected += &line;
    }
    terminal.write(&[4]).unwrap();
    read_until(&*terminal, 0, |seen| has(seen, "\ndone")).await;
    assert_eq!(std::fs::read_to_string(folder.path().join("typed")).unwrap(), expected);
    terminal.end().await;
}

#[tokio::test]
async fn te5_what_a_program_does_not_read_is_refused_at_last() {
    let folder = tempfile::tempdir().unwrap();
    let terminal = bash(folder.path()).await;
    shown(&*terminal, "stty raw -echo; echo re'ady'; sleep 600", "ready").await;
    let paste = vec![b'x'; 64 * 1024];
    let mut taken = 0;
    while terminal.write(&paste).is_ok() {
        taken += paste.len();
        assert!(taken <= limits::TERMINAL_PENDING_INPUT + 64 * 1024);
    }
    assert_eq!(terminal.write(&paste), Err(TerminalError::InputFull));
    terminal.end().await;
}

#[tokio::test]
async fn te4_ten_megabytes_pass_whoever_reads() {
    let folder = tempfile::tempdir().unwrap();
    let terminal = bash(folder.path()).await;
    let line = "stty -opost; head -c 10000000 /dev/zero | tr '\\0' x; echo en'ded'; exit";
    terminal.write(format!("{line}\n").as_bytes()).unwrap();
    let head = ended(&*terminal).await;
    assert!(head.end > 10_000_000);
    let Output::Cut { oldest } = terminal.read(0) else { panic!("nobody read it, and it is still there") };
    let kept = rest(&*terminal, oldest).await;
    assert!(kept.len() as u64 == head.end - oldest && kept.len() >= limits::TERMINAL_SCROLLBACK);
    assert!(kept.len() < limits::TERMINAL_SCROLLBACK + 64 * 1024 && has(&kept, "ended"));
}

#[tokio::test]
async fn te4_a_reader_that_keeps_up_misses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let terminal = bash(folder.path()).await;
    terminal.write(b"stty -echo -opost; PS1=; echo; seq 1 100000; exit\n").unwrap();
    let seen = String::from_utf8(rest(&*terminal, 0).await).unwrap();
    let numbers = seen.lines().filter_map(|line| line.parse::<u32>().ok());
    assert!(numbers.eq(1..=100_000), "{}", &seen[..400]);
}

#[tokio::test]
async fn te4_bytes_are_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    bytes.extend("ä→🦀".as_bytes());
    std::fs::write(folder.path().join("bytes"), &bytes).unwrap();
    let terminal = bash(folder.path()).await;
    shown(&*terminal, "stty -opost; printf 'fr''om'; cat bytes; printf 't''o'", "from").await;
    let seen = read_until(&*terminal, 0, |seen| has(seen, "🦀to")).await;
    assert!(seen.windows(bytes.len()).any(|window| window == bytes));
    terminal.end().await;
}

#[tokio::test]
async fn te4_a_character_may_come_in_two_parts() {
    let folder = tempfile::tempdir().unwrap();
    let terminal = bash(folder.path()).await;
    shown(&*terminal, "stty -echo; echo re'ady'; cat; echo do'ne'", "ready").await;
    let crab = "🦀".as_bytes();
    terminal.write(&crab[..2]).unwrap();
    terminal.write(&crab[2..]).unwrap();
    terminal.write(b"\n\x04").unwrap();
    let seen = read_until(&*terminal, 0, |seen| has(seen, "\ndone")).await;
    assert!(has(&seen, "🦀"));
    terminal.end().await;
}

#[tokio::test]
async fn te1_a_signal_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let terminal = bash(folder.path()).await;
    terminal.write(b"kill -KILL $$\n").unwrap();
    assert_eq!(ended(&*terminal).await.exit.unwrap().signal.as_deref(), Some("Killed"));
}

#[tokio::test]
async fn te7_the_end_takes_everything_that_was_started() {
    let folder = tempfile::tempdir().unwrap();
    let terminal = bash(folder.path()).await;
    let stubborn = "bash -c 'trap \"\" HUP TERM INT; echo pid=$$; while :; do sleep 1; done'";
    let lines = [
        "nohup sh -c 'echo pid=$$ >/dev/tty; exec sleep 601' >/dev/null &",
        "setsid sh -c 'echo pid=$$; exec sleep 602' &",
        "env -i /bin/sh -c 'echo pid=$$; exec /bin/sleep 603' &",
        stubborn,
    ];
    let mut pids = Vec::new();
    for line in lines {
        pids.push(pid(&*terminal, line).await);
    }
    assert!(pids.iter().all(|pid| is_alive(pid)), "{pids:?}");
    let begun = Instant::now();
    terminal.end().await;
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(!pids.iter().any(|pid| is_alive(pid)), "{pids:?}");
}

#[tokio::test]
async fn te7_a_shell_that_ends_takes_its_jobs_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let terminal = bash(folder.path()).await;
    let pid = pid(&*terminal, "(env -i /bin/sleep 604 & echo pid=$!)").await;
    assert!(is_alive(&pid));
    terminal.write(b"exit\n").unwrap();
    ended(&*terminal).await;
    assert!(!is_alive(&pid));
}

#[tokio::test]
async fn te7_a_terminal_that_is_dropped_ends() {
    let folder = tempfile::tempdir().unwrap();
    let terminal = bash(folder.path()).await;
    let pid = pid(&*terminal, "echo pid=$$").await;
    let mut head = terminal.head();
    drop(terminal);
    head.wait_for(|head| head.exit.is_some()).await.unwrap();
    assert!(!is_alive(&pid));
}

#[tokio::test]
async fn te3_a_shell_that_is_not_there_gives_way_to_another() {
    let folder = tempfile::tempdir().unwrap();
    let host: Env = [("SHELL".into(), OsString::from("/nowhere/fish"))].into();
    let terminal = PtyTerminals::new(&host).open(start(folder.path(), None)).await.unwrap();
    terminal.write(b"exit 7\n").unwrap();
    assert_eq!(ended(&*terminal).await.exit.unwrap().code, 7);
}

#[tokio::test]
async fn ws23_a_script_runs_instead_of_a_shell_and_stops_at_what_fails() {
    let folder = tempfile::tempdir().unwrap();
    let script = "pwd > 'here it is'\nread -r word\necho heard \"$word\"\n(exit 5)\necho never";
    let terminal = terminals().open(start(folder.path(), Some(script))).await.unwrap();
    terminal.write(b"yes\n").unwrap();
    assert_eq!(ended(&*terminal).await.exit.unwrap().code, 5);
    let seen = String::from_utf8_lossy(&rest(&*terminal, 0).await).into_owned();
    assert!(seen.contains("heard yes") && !seen.contains("never"), "{seen}");
    let written = std::fs::read_to_string(folder.path().join("here it is")).unwrap();
    assert_eq!(Path::new(written.trim()).canonicalize().unwrap(), folder.path().canonicalize().unwrap());
}

#[tokio::test]
async fn te1_a_folder_that_is_gone_is_refused() {
    let path = Path::new("/nowhere/at/all").to_owned();
    assert_eq!(terminals().open(start(&path, None)).await.err(), Some(TerminalError::NoFolder { path }));
}
