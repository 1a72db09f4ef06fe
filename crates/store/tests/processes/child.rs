//! A second process of the running test program, to own a folder and to be killed.

use std::env;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{self, ChildStdout, Command, Stdio};

const FOLDER: &str = "STORE_TEST_FOLDER";

pub struct Child {
    process: process::Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Child {
    /// Starts the ignored test `name` of this program on the folder.
    pub fn start(name: &str, folder: &Path) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args([name, "--exact", "--ignored", "--nocapture"])
            .env(FOLDER, folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, said }
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// What it said with [`say`] next; `None` when it is gone.
    pub fn next(&mut self) -> Option<String> {
        self.said.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix("» ").map(str::to_owned))
    }

    /// `kill -9`, then what it had said until then.
    pub fn kill(mut self) -> Vec<String> {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        std::iter::from_fn(|| self.next()).collect()
    }
}

/// In the child: the folder it was started on.
pub fn folder() -> PathBuf {
    env::var_os(FOLDER).expect("only the tests beside it start this one").into()
}

/// In the child: tells the parent.
pub fn say(line: &str) {
    println!("\n» {line}");
}

/// In the child: waits for the end, which is a kill.
pub fn stay() {
    let _ = std::io::stdin().read_line(&mut String::new());
}
