//! The processor time of a process, and how busy the machine is.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

/// The kernel counts in hundredths of a second for programs, whatever it uses inside.
const TICK: Duration = Duration::from_millis(10);

/// User and system time of all threads since the process began.
pub fn used(pid: u32) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).context("there is no /proc to read")?;
    ticks(&stat).map(|ticks| TICK * ticks).context("/proc/<pid>/stat reads unlike it should")
}

/// The second field is the program's name in parentheses and may hold anything.
fn ticks(stat: &str) -> Option<u32> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some(user + system)
}

/// Programs that wanted to run in the last minute, on average.
pub fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programs_name_may_hold_spaces_and_parentheses() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194304 1 2 3 4 30 12 5 6 20 0 1 0 100 0 0";
        assert_eq!(ticks(stat), Some(42));
        assert_eq!(ticks("7 (a"), None);
    }
}
