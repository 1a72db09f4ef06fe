//! Who started whom (GR8).

use crate::ServerError;

/// Orphans of this process's descendants become its own children from now on, so that a program
/// which an agent leaves behind stays a descendant of the host.
///
/// # Errors
/// The system refuses.
pub fn keep_orphans() -> Result<(), ServerError> {
    #[cfg(target_os = "linux")]
    nix::sys::prctl::set_child_subreaper(true).map_err(|error| ServerError::Orphans(error.into()))?;
    Ok(())
}

/// Whether `pid` was started by `ancestor`, or by something that was. A process that is gone counts
/// as one: nobody can say any more who started it.
#[cfg(target_os = "linux")]
pub fn descends(pid: u32, ancestor: u32) -> bool {
    let mut at = pid;
    while at > 1 {
        let Some(parent) = parent(at) else { return true };
        if parent == ancestor {
            return true;
        }
        at = parent;
    }
    false
}

/// Elsewhere the caller's uid and token are all there is.
#[cfg(not(target_os = "linux"))]
pub fn descends(_pid: u32, _ancestor: u32) -> bool {
    false
}

#[cfg(target_os = "linux")]
fn parent(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold spaces and parentheses itself.
    let after_name = &stat[stat.rfind(')')? + 1..];
    after_name.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn gr8_a_descendant_is_known_in_any_generation() {
        let me = std::process::id();
        let parent = parent(me).unwrap();
        assert!(descends(me, parent));
        assert!(!descends(parent, me));
        assert!(!descends(me, me));
        assert!(!descends(1, me));
    }

    #[test]
    fn gr8_a_caller_that_is_gone_counts_as_a_descendant() {
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let pid = child.id();
        child.wait().unwrap();
        assert!(descends(pid, std::process::id()));
    }
}
