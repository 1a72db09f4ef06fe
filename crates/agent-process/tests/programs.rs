use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use agent_process::{
    Exit, Launch, MAX_LINE, Process, ProcessError, Running, STDERR_TAIL, TAG_VARIABLE, end_leftover,
    tag_within,
};

const PATH: &str = "/usr/bin:/bin";
const GRACE: Duration = Duration::from_millis(50);

fn launch(tag: &str, program: &str, args: &[&str]) -> Launch {
    Launch {
        program: PathBuf::from(program),
        args: args.iter().map(OsString::from).collect(),
        env: BTreeMap::from([("PATH".into(), PATH.into())]),
        cwd: PathBuf::from("/"),
        tag: format!("{tag}-{}", std::process::id()),
    }
}

fn shell(tag: &str, script: &str) -> Running {
    Process::spawn(&launch(tag, "sh", &["-c", script])).unwrap()
}

async fn line(running: &mut Running) -> String {
    String::from_utf8(running.lines.next().await.unwrap().unwrap()).unwrap()
}

fn is_alive(pid: &str) -> bool {
    std::fs::read_to_string(Path::new("/proc").join(pid).join("stat"))
        .is_ok_and(|stat| !stat.contains(") Z "))
}

#[tokio::test]
async fn ag6_the_environment_is_what_was_given_and_the_tag() {
    let mut running = Process::spawn(&launch("env", "env", &[])).unwrap();
    let mut seen = Vec::new();
    while let Some(line) = running.lines.next().await {
        seen.push(String::from_utf8(line.unwrap()).unwrap());
    }
    seen.sort();
    let tag = format!("{TAG_VARIABLE}=env-{}", std::process::id());
    assert_eq!(seen, [tag, format!("PATH={PATH}")]);
}

#[tokio::test]
async fn ag6_the_working_directory_is_the_given_one() {
    let folder = tempfile::Builder::new().prefix("wörk tree ").tempdir().unwrap();
    let mut launch = launch("cwd", "pwd", &[]);
    launch.cwd = folder.path().canonicalize().unwrap();
    let mut running = Process::spawn(&launch).unwrap();
    assert_eq!(Path::new(&line(&mut running).await), launch.cwd);
}

#[tokio::test]
async fn lines_go_in_and_out_in_order() {
    let mut running = Process::spawn(&launch("cat", "cat", &[])).unwrap();
    let input = running.input.clone();
    let sender = tokio::spawn(async move {
        for number in 0..5_000 {
            input.send_line(format!("line {number}").as_bytes()).await.unwrap();
        }
    });
    for number in 0..5_000 {
        assert_eq!(line(&mut running).await, format!("line {number}"));
    }
    sender.await.unwrap();
}

#[tokio::test]
async fn a_line_of_50_mb_is_skipped_and_reported() {
    let script = "head -c 50000000 /dev/zero | tr '\\0' a; echo; printf 'after\\r\\nlast'";
    let mut running = shell("long", script);
    let error = running.lines.next().await.unwrap().unwrap_err();
    assert!(matches!(error, ProcessError::LineTooLong { bytes: 50_000_000, limit: MAX_LINE }));
    assert_eq!(line(&mut running).await, "after");
    assert_eq!(line(&mut running).await, "last");
    assert!(running.lines.next().await.is_none());
}

#[tokio::test]
async fn ag3_flooded_stderr_is_drained_into_a_bounded_tail() {
    let script = "yes flood | head -c 24000000 >&2; echo 'last words' >&2; echo done";
    let mut running = shell("flood", script);
    assert_eq!(line(&mut running).await, "done");
    assert_eq!(running.process.wait().await.code, Some(0));
    let tail = running.process.stderr_tail();
    assert_eq!(tail.len(), STDERR_TAIL);
    assert!(tail.ends_with("flood\nlast words\n"));
}

#[tokio::test]
async fn ag3_stop_ends_a_tree_that_ignores_term_and_left_the_group() {
    let script = "trap '' TERM
        setsid sh -c 'echo $$; exec tail -f /dev/null' &
        setsid env -i PATH=/usr/bin:/bin sh -c 'echo $$; exec tail -f /dev/null' &
        tail -f /dev/null";
    let mut running = shell("stubborn", script);
    let strays = [line(&mut running).await, line(&mut running).await];
    assert!(strays.iter().all(|pid| is_alive(pid)));
    let exit = running.process.stop(GRACE).await;
    assert_eq!(exit, Exit { code: None, signal: Some(9) });
    assert!(!strays.iter().any(|pid| is_alive(pid)));
}

#[tokio::test]
async fn ag3_what_outlives_a_polite_program_is_ended_too() {
    let script = "setsid env -i PATH=/usr/bin:/bin sh -c 'trap \"\" TERM; echo $$; exec tail -f /dev/null' &
        exec tail -f /dev/null";
    let mut running = shell("polite", script);
    let stray = line(&mut running).await;
    let exit = running.process.stop(Duration::from_secs(60)).await;
    assert_eq!(exit.signal, Some(15));
    assert!(!is_alive(&stray));
}

#[tokio::test]
async fn ag3_what_outlives_a_program_that_ends_by_itself_is_ended() {
    let mut running = shell("orphan", "setsid sh -c 'echo $$; exec tail -f /dev/null' & read -r _");
    let stray = line(&mut running).await;
    running.input.send_line(b"go").await.unwrap();
    assert_eq!(running.process.wait().await.code, Some(0));
    assert!(!is_alive(&stray));
    assert!(running.lines.next().await.is_none());
}

#[tokio::test]
async fn closing_stdin_lets_a_reader_end_by_itself() {
    let mut running = shell("reader", "trap '' TERM; echo $$; cat; exit 7");
    line(&mut running).await;
    let exit = running.process.stop(Duration::from_secs(60)).await;
    assert_eq!(exit.code, Some(7));
    while running.input.send_line(b"late").await.is_ok() {}
}

#[tokio::test]
async fn dropping_the_process_kills_its_tree() {
    let mut running = shell("dropped", "echo $$; tail -f /dev/null");
    line(&mut running).await;
    let mut exit = running.process.exit();
    drop(running.process);
    let seen = *exit.wait_for(Option::is_some).await.unwrap();
    assert_eq!(seen.unwrap().signal, Some(9));
}

#[tokio::test]
async fn dropping_the_runtime_kills_the_tree() {
    let pid = std::thread::spawn(|| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let mut running =
                shell("runtime", "setsid sh -c 'echo $$; exec tail -f /dev/null' & tail -f /dev/null");
            let stray = line(&mut running).await;
            std::mem::forget(running.process);
            stray
        })
    })
    .join()
    .unwrap();
    while is_alive(&pid) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_leftover_is_ended_by_its_mark_and_only_then() {
    let mut running = shell("left", "setsid sh -c 'echo $$; exec tail -f /dev/null' & tail -f /dev/null");
    let stray = line(&mut running).await;
    let mark = running.process.mark().clone();

    let mut reused = mark.clone();
    reused.started = reused.started.map(|started| started + 1);
    reused.tag = "another".to_owned();
    assert_eq!(end_leftover(&reused).await, 0);
    assert!(is_alive(&stray));

    assert!(end_leftover(&mark).await >= 2);
    assert_eq!(running.process.wait().await.signal, Some(9));
    assert!(!is_alive(&stray));
}

#[tokio::test]
async fn what_a_tagged_program_starts_with_a_tag_within_is_ended_with_it() {
    let mut outer = shell("outer", "echo up; tail -f /dev/null");
    line(&mut outer).await;
    let tag = outer.process.mark().tag.clone();
    let inner = |own: &str| {
        let script = "echo $$; exec tail -f /dev/null";
        let launch = Launch { tag: tag_within(&tag, own), ..launch("", "sh", &["-c", script]) };
        Process::spawn(&launch).unwrap()
    };
    let (mut one, mut two) = (inner("one"), inner("two"));
    let (first, second) = (line(&mut one).await, line(&mut two).await);
    one.process.stop(GRACE).await;
    assert!(!is_alive(&first) && is_alive(&second), "each by its own");
    assert_eq!(outer.process.exit().borrow().as_ref(), None, "and not what is around it");
    end_leftover(outer.process.mark()).await;
    assert!(!is_alive(&second));
}

#[tokio::test]
async fn ag8_a_missing_program_says_where_it_was_looked_for() {
    let error = Process::spawn(&launch("missing", "no-such-agent", &[])).err().unwrap();
    let text = error.to_string();
    let ProcessError::NotFound { program, looked_in } = error else {
        panic!("{text}");
    };
    assert_eq!(program, Path::new("no-such-agent"));
    assert_eq!(looked_in, [Path::new("/usr/bin"), Path::new("/bin")]);
    assert_eq!(text, "no-such-agent was not found (looked in /usr/bin, /bin)");
}

#[tokio::test]
async fn a_file_that_is_no_program_and_a_missing_folder_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "words").unwrap();
    let error = Process::spawn(&launch("file", file.to_str().unwrap(), &[])).err();
    assert!(matches!(error, Some(ProcessError::NotExecutable { program }) if program == file));

    let mut launch = launch("folder", "true", &[]);
    launch.cwd = folder.path().join("gone");
    let error = Process::spawn(&launch).err();
    assert!(matches!(error, Some(ProcessError::NoDirectory { .. })));
}
