use std::collections::BTreeSet;
use std::time::Duration;

use nix::sys::signal::{Signal, kill, killpg};
use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::unistd::Pid;

use table::Row;

/// How often the table is read again for those that were being born while the
/// others were killed, and how long between two readings.
const ROUNDS: usize = 100;
const BETWEEN_ROUNDS: Duration = Duration::from_millis(10);

/// Names one process for good: a process id alone is used again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessMark {
    pub pid: u32,
    /// Start time in clock ticks since boot; `None` where `/proc` has none, and
    /// then nothing is ended by this mark.
    pub started: Option<u64>,
    /// The launch's tag.
    pub tag: String,
}

impl ProcessMark {
    /// Of a process of ours that has not been waited for yet.
    pub fn of(pid: u32, tag: &str) -> Self {
        Self { pid, started: table::row(pid).map(|row| row.started), tag: tag.to_owned() }
    }

    fn is_alive(&self) -> bool {
        self.started.is_some() && table::row(self.pid).map(|row| row.started) == self.started
    }
}

/// Kills what a host that crashed left behind: the marked process if it is
/// still the same one, with its tree, and everybody who carries its tag.
/// Returns how many were killed.
pub async fn end_leftover(mark: &ProcessMark) -> usize {
    let mut tree = Tree::new(mark.clone());
    tree.root_known = mark.is_alive();
    tree.end().await
}

/// A process that leads its group, that group, its session if it leads one, and all that descends from
/// it. Killed when dropped.
#[derive(Debug)]
pub struct Tree {
    mark: ProcessMark,
    /// The process id still stands for our process (or for its group).
    root_known: bool,
    /// Who was there when the group was asked to end: once the root has gone,
    /// nothing else leads to a child that left both group and environment.
    members: Vec<ProcessMark>,
}

impl Tree {
    pub fn new(mark: ProcessMark) -> Self {
        Self { mark, root_known: true, members: Vec::new() }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.mark.pid
    }

    /// Asks the group to end.
    pub(crate) fn ask(&mut self) {
        self.signal(Signal::SIGTERM);
    }

    /// Tells the group that its terminal is gone: a shell passes that on to its jobs.
    pub fn hang_up(&mut self) {
        self.signal(Signal::SIGHUP);
    }

    fn signal(&mut self, signal: Signal) {
        let victims = self.victims();
        self.members = victims.into_iter().map(|pid| ProcessMark::of(pid, "")).collect();
        let _ = killpg(group(self.mark.pid), signal);
    }

    /// Kills everybody known now; returns who that was.
    pub(crate) fn kill(&self) -> Vec<u32> {
        let victims = self.victims();
        if self.root_known {
            let _ = killpg(group(self.mark.pid), Signal::SIGKILL);
        }
        for pid in &victims {
            let _ = kill(group(*pid), Signal::SIGKILL);
        }
        victims
    }

    /// Kills until nobody is left. Afterwards the process id means nothing.
    pub async fn end(&mut self) -> usize {
        let mut killed = BTreeSet::new();
        // Some end as soon as they are asked.
        let asked: Vec<u32> = self.members.iter().map(|member| member.pid).collect();
        for _ in 0..ROUNDS {
            let victims = self.kill();
            if victims.is_empty() {
                break;
            }
            killed.extend(victims);
            tokio::time::sleep(BETWEEN_ROUNDS).await;
        }
        self.root_known = false;
        self.reap(killed.iter().chain(&asked));
        killed.len()
    }

    /// A host keeps the orphans of its descendants (GR8), and nobody else buries them. The root is waited
    /// for by whoever started it.
    fn reap<'a>(&self, ended: impl Iterator<Item = &'a u32>) {
        for pid in ended.filter(|pid| **pid != self.mark.pid) {
            // One that is no child of ours is buried by its own parent.
            let _ = waitpid(group(*pid), Some(WaitPidFlag::WNOHANG));
        }
    }

    fn victims(&self) -> Vec<u32> {
        let rows = table::rows();
        let mut found: Vec<u32> = rows.iter().filter(|row| self.is_ours(row)).map(|row| row.pid).collect();
        let mut next = 0;
        while next < found.len() {
            let parent = found[next];
            let children = rows.iter().filter(|row| row.parent == parent);
            let fresh: Vec<u32> = children.map(|row| row.pid).filter(|pid| !found.contains(pid)).collect();
            found.extend(fresh);
            next += 1;
        }
        found
    }

    fn is_ours(&self, row: &Row) -> bool {
        let by_id = self.root_known && [row.pid, row.group, row.session].contains(&self.mark.pid);
        by_id || self.was_member(row) || table::carries(row.pid, &self.mark.tag)
    }

    fn was_member(&self, row: &Row) -> bool {
        self.members.iter().any(|member| member.pid == row.pid && member.started == Some(row.started))
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        if self.root_known {
            self.kill();
        }
    }
}

fn group(pid: u32) -> Pid {
    Pid::from_raw(pid.cast_signed())
}

#[cfg(target_os = "linux")]
mod table {
    use std::fs;

    use crate::launch::{TAG_VARIABLE, tag_within};

    /// What `/proc/<pid>/stat` says of a process that has not ended.
    pub struct Row {
        pub pid: u32,
        pub parent: u32,
        pub group: u32,
        pub session: u32,
        pub started: u64,
    }

    pub fn rows() -> Vec<Row> {
        let Ok(entries) = fs::read_dir("/proc") else {
            return Vec::new();
        };
        entries
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .filter_map(row)
            .collect()
    }

    pub fn row(pid: u32) -> Option<Row> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name in parentheses may hold spaces and parentheses itself.
        let fields: Vec<&str> = stat[stat.rfind(')')? + 1..].split_whitespace().collect();
        if matches!(*fields.first()?, "Z" | "X") {
            return None;
        }
        Some(Row {
            pid,
            parent: fields.get(1)?.parse().ok()?,
            group: fields.get(2)?.parse().ok()?,
            session: fields.get(3)?.parse().ok()?,
            started: fields.get(19)?.parse().ok()?,
        })
    }

    pub fn carries(pid: u32, tag: &str) -> bool {
        let Ok(environment) = fs::read(format!("/proc/{pid}/environ")) else {
            return false;
        };
        let wanted = format!("{TAG_VARIABLE}={tag}");
        let below = tag_within(&wanted, "");
        environment
            .split(|byte| *byte == 0)
            .any(|entry| entry == wanted.as_bytes() || entry.starts_with(below.as_bytes()))
    }
}

/// Without `/proc` a tree is its process group.
#[cfg(not(target_os = "linux"))]
mod table {
    pub struct Row {
        pub pid: u32,
        pub parent: u32,
        pub group: u32,
        pub session: u32,
        pub started: u64,
    }

    pub fn rows() -> Vec<Row> {
        Vec::new()
    }

    pub fn row(_pid: u32) -> Option<Row> {
        None
    }

    pub fn carries(_pid: u32, _tag: &str) -> bool {
        false
    }
}
