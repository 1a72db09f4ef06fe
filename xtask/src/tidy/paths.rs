use super::finding::Finding;
use super::sources::Sources;

// Written in two halves, so that this file passes its own check.
const MACHINE: [&str; 2] = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];

pub fn check(sources: &Sources) -> Vec<Finding> {
    sources
        .texts()
        .flat_map(|(path, text)| {
            (1..).zip(text.lines()).filter(|(_, line)| names_machine(line)).map(move |(at, _)| {
                Finding::new(path, at, "a path of one machine: use a made-up one such as /home/ada")
            })
        })
        .collect()
}

fn names_machine(line: &str) -> bool {
    MACHINE.iter().any(|machine| {
        line.match_indices(machine).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || "_-.}~)".contains(c))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_path_is_refused_and_a_relative_one_is_not() {
        for machine in MACHINE {
            assert!(names_machine(&format!("cd {machine}x")));
            assert!(names_machine(&format!("\"{machine}x\"")));
            assert!(!names_machine(&format!("src{machine}x")));
        }
    }
}
