//! A host in a process of its own, and the command line that talks to it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdout, Command, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::{Client, DEADLINE};
use wire::Auth;

/// Where the programs are: said by the gate, else beside this test's own program.
pub fn program(name: &str) -> PathBuf {
    let beside = || std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned();
    let folder = std::env::var_os("CONCLAVE_BIN_DIR").map_or_else(beside, PathBuf::from);
    let path = folder.join(name);
    assert!(path.is_file(), "{} is missing: build it, or set CONCLAVE_BIN_DIR", path.display());
    path
}

pub struct Host {
    folder: TempDir,
    data: PathBuf,
    env: BTreeMap<String, String>,
    agents: BTreeMap<String, Value>,
    child: Option<Child>,
    port: Option<u16>,
    /// What the host's own view of the file systems is made with.
    mount: Option<String>,
    forgiven: Vec<String>,
    /// To the owner's page.
    pub link: String,
}

impl Host {
    /// A folder for a host that does not run yet.
    pub fn off() -> Self {
        let folder = tempfile::Builder::new().prefix("conclave-").tempdir().unwrap();
        let (data, home) = (folder.path().join("data"), folder.path().join("home"));
        fs::create_dir_all(&home).unwrap();
        let path = std::env::var("PATH").unwrap();
        let env = [
            ("HOME", home.display().to_string()),
            ("PATH", path),
            ("LANG", "C.UTF-8".to_owned()),
            ("CONCLAVE_NEARBY", "off".to_owned()),
        ];
        let env = env.map(|(name, value)| (name.to_owned(), value)).into();
        Self {
            folder,
            data,
            env,
            agents: BTreeMap::new(),
            child: None,
            port: None,
            mount: None,
            forgiven: Vec::new(),
            link: String::new(),
        }
    }

    pub fn on() -> Self {
        let mut host = Self::off();
        host.start();
        host
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.env.insert(name.to_owned(), value.into());
    }

    pub fn ask_for_port(&mut self, port: u16) {
        self.port = Some(port);
    }

    pub fn forget_port(&mut self) {
        self.port = None;
    }

    /// From the next start on the data folder is a small file system that only the host sees.
    pub fn mount(&mut self, options: &str) {
        self.mount = Some(format!("mount -t tmpfs -o {options} conclave-test \"$0\""));
    }

    /// From the next start on the host can't write this file of its data folder.
    pub fn freeze(&mut self, file: &str) {
        let bind = format!("mount --bind \"$0/{file}\" \"$0/{file}\"");
        self.mount = Some(format!("{bind} && mount -o remount,bind,ro \"$0/{file}\""));
    }

    /// Lines of the log with this word are expected.
    pub fn forgive(&mut self, word: &str) {
        self.forgiven.push(word.to_owned());
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn data(&self) -> &Path {
        &self.data
    }

    /// An agent that plays this script. It is there from the next start on.
    pub fn script(&mut self, name: &str, script: &Value) {
        let file = self.folder().join(format!("{name}.json"));
        fs::write(&file, script.to_string()).unwrap();
        let state = self.folder().join(format!("{name}-state"));
        let args = json!(["--script", file, "--state", state, "--pace", "fast"]);
        let modes = json!({ "default": "ask", "plan": "ask", "accept-edits": "accept-edits" });
        let program = program("conclave-rehearsal");
        self.agent(name, json!({ "name": name, "program": program, "args": args, "modes": modes }));
    }

    pub fn agent(&mut self, name: &str, entry: Value) {
        self.agents.insert(name.to_owned(), entry);
        fs::create_dir_all(&self.data).unwrap();
        fs::write(self.data.join("agents.json"), serde_json::to_string(&self.agents).unwrap()).unwrap();
    }

    /// Starts it, and waits until it says where its page is.
    pub fn start(&mut self) {
        let log = File::options().create(true).append(true).open(self.log_file()).unwrap();
        let mut command = self.host();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let said = Lines::of(child.stdout.take().unwrap()).next();
        self.child = Some(child);
        let said = said.unwrap_or_else(|| panic!("the host said no link:\n{}", self.log()));
        self.link = said["url"].as_str().unwrap().to_owned();
    }

    /// What it says instead of starting.
    pub fn refuses_to_start(&self) -> String {
        let said = self.host().output().unwrap();
        let words = text(&said.stderr);
        assert_eq!((said.status.code(), said.stdout.len()), (Some(1), 0), "{words}");
        words
    }

    fn host(&self) -> Command {
        let mut command = match &self.mount {
            None => Command::new(program("conclave")),
            Some(mount) => {
                let mounts = format!("{mount} && exec \"$@\"");
                let mut command = Command::new("unshare");
                command.args(["--mount", "sh", "-c", &mounts]).arg(&self.data).arg(program("conclave"));
                command
            }
        };
        self.address(&mut command, &["host", "--open-link", "--listen", "127.0.0.1", "--name", "Ada"]);
        command.args(self.port.iter().map(|port| format!("--port={port}"))).stdin(Stdio::null());
        command
    }

    fn conclave(&self, arguments: &[&str]) -> Command {
        let mut command = match (&self.mount, &self.child) {
            (Some(_), Some(host)) => within(host.id(), &program("conclave")),
            _ => Command::new(program("conclave")),
        };
        self.address(&mut command, arguments);
        command
    }

    fn address(&self, command: &mut Command, arguments: &[&str]) {
        command.env_clear().envs(&self.env).arg("--data").arg(&self.data).arg("--json").args(arguments);
    }

    /// Runs a program that sees the files that the host sees.
    pub fn inside(&self, name: &str, arguments: &[&str]) -> Output {
        within(self.pid(), Path::new(name)).args(arguments).output().unwrap()
    }

    /// How many programs run that this host has started, or that they have started.
    pub fn processes(&self) -> usize {
        let home = format!("HOME={}", self.env["HOME"]);
        let host = self.child.as_ref().map(Child::id);
        let all =
            fs::read_dir("/proc").unwrap().filter_map(|entry| entry.unwrap().file_name().into_string().ok());
        let is_git = |pid: &u32| {
            let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
            name.starts_with("git")
        };
        let said = |pid: u32| fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let of_host = host.map(said);
        // Git comes and goes as the host keeps files; until it has begun, it is a copy of the host.
        let is_copy = |pid: &u32| of_host.as_ref() == Some(&said(*pid));
        let ours = |pid: &u32| {
            let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            Some(*pid) != host
                && !is_git(pid)
                && !is_copy(pid)
                && environment.split(|byte| *byte == 0).any(|one| one == home.as_bytes())
        };
        all.filter_map(|name| name.parse().ok()).filter(ours).count()
    }

    /// The most memory the host had at once, in bytes.
    pub fn peak_memory(&self) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches("kB").trim().parse::<usize>().unwrap() * 1024
    }

    pub fn pid(&self) -> u32 {
        self.child.as_ref().expect("the host runs").id()
    }

    /// As a power cut ends it.
    pub fn kill(&mut self) {
        let mut child = self.child.take().expect("the host runs");
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// As its owner ends it.
    pub fn stop(&mut self) {
        self.json(&["stop"]);
        assert!(self.child.take().expect("the host runs").wait().unwrap().success(), "{}", self.log());
    }

    pub fn ask(&self, arguments: &[&str]) -> Output {
        self.conclave(arguments).output().unwrap()
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        let said = self.ask(arguments);
        assert!(said.status.success(), "{arguments:?}: {}", text(&said.stderr));
        serde_json::from_slice(&said.stdout).unwrap()
    }

    /// With words on its standard input.
    pub fn tell(&self, arguments: &[&str], words: &str) -> Value {
        let mut command = self.conclave(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(words.as_bytes()).unwrap();
        let said = child.wait_with_output().unwrap();
        assert!(said.status.success(), "{arguments:?}");
        serde_json::from_slice(&said.stdout).unwrap()
    }

    /// The sentence of a refusal.
    pub fn refuses(&self, arguments: &[&str]) -> String {
        let said = self.ask(arguments);
        let words = text(&said.stderr);
        assert_eq!(said.status.code(), Some(1), "{arguments:?}: {words}{}", text(&said.stdout));
        assert!(said.stdout.is_empty());
        words
    }

    /// A command that goes on, line by line.
    pub fn follow(&self, arguments: &[&str]) -> Following {
        let mut child =
            self.conclave(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = Lines::of(child.stdout.take().unwrap());
        let words = Words::of(child.stderr.take().unwrap());
        Following { child, lines, words }
    }

    /// The owner over the local socket.
    pub async fn owner(&self) -> Client {
        let token = fs::read_to_string(self.data.join("owner-token")).unwrap();
        let mut client = Client::over_local_socket(&self.data).await.unwrap();
        client.hello(Auth::Local { token }).await.unwrap();
        client
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    fn log_file(&self) -> PathBuf {
        self.folder().join("host.log")
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // Both fail only when it has ended already.
            let _ = child.kill();
            let _ = child.wait();
        }
        if !thread::panicking() {
            let log = self.log();
            let forgiven = |line: &&str| self.forgiven.iter().any(|word| line.contains(word));
            let errors: Vec<&str> =
                log.lines().filter(|line| line.contains("ERROR") && !forgiven(line)).collect();
            assert!(errors.is_empty(), "the host complained: {errors:#?}");
        }
    }
}

pub struct Following {
    child: Child,
    lines: Lines,
    words: Words,
}

impl Following {
    /// The lines up to the first with an event of this type.
    pub fn until(&mut self, wanted: &str) -> Vec<Value> {
        let mut seen = Vec::new();
        loop {
            let Some(line) = self.lines.next() else { panic!("no {wanted}; seen: {seen:#?}") };
            let found = line["event"]["type"] == wanted;
            seen.push(line);
            if found {
                return seen;
            }
        }
    }
}

impl Following {
    pub fn line(&mut self) -> Value {
        self.lines.next().expect("another line")
    }

    /// Waits until it says something with this in it, to people.
    pub fn says(&mut self, wanted: &str) {
        let mut said = Vec::new();
        while let Ok(words) = self.words.0.recv_timeout(DEADLINE) {
            if words.contains(wanted) {
                return;
            }
            said.push(words);
        }
        panic!("it never said {wanted:?}, but {said:#?}");
    }

    /// Its exit code, when it ends by itself.
    pub fn ends(mut self) -> Option<i32> {
        while self.lines.next().is_some() {}
        self.child.wait().unwrap().code()
    }
}

/// What a program says to people.
struct Words(Receiver<String>);

impl Words {
    fn of(out: ChildStderr) -> Self {
        let (said, words) = mpsc::channel();
        thread::spawn(move || {
            // A test that is over hears no more.
            BufReader::new(out).lines().map_while(Result::ok).all(|line| said.send(line).is_ok());
        });
        Self(words)
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Lines(Receiver<Value>);

impl Lines {
    fn of(out: ChildStdout) -> Self {
        let (said, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line}"));
                if said.send(value).is_err() {
                    return;
                }
            }
        });
        Self(lines)
    }

    /// `None` when the program has ended, or says nothing for too long.
    fn next(&mut self) -> Option<Value> {
        self.0.recv_timeout(DEADLINE).ok()
    }
}

/// A program in the mounts of a process.
fn within(pid: u32, program: &Path) -> Command {
    let mut command = Command::new("nsenter");
    command.arg(format!("--mount=/proc/{pid}/ns/mnt")).arg(program);
    command
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
