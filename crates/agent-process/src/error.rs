use std::io;
use std::path::PathBuf;

/// Why a program could not be started, read or written.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    #[error("{} was not found (looked in {})", .program.display(), places(.looked_in))]
    NotFound { program: PathBuf, looked_in: Vec<PathBuf> },
    #[error("{} is there but cannot be executed", .program.display())]
    NotExecutable { program: PathBuf },
    #[error("the working directory {} does not exist", .cwd.display())]
    NoDirectory { cwd: PathBuf },
    #[error("{} could not be started: {source}", .program.display())]
    Spawn { program: PathBuf, source: io::Error },
    #[error("the program takes no more input")]
    Closed,
    #[error("the program wrote a line of {bytes} bytes; at most {limit} are read")]
    LineTooLong { bytes: u64, limit: usize },
    #[error("the program's output could not be read: {0}")]
    Read(io::Error),
}

fn places(looked_in: &[PathBuf]) -> String {
    if looked_in.is_empty() {
        return "no directory: PATH is empty".to_owned();
    }
    let shown: Vec<String> = looked_in.iter().map(|path| path.display().to_string()).collect();
    shown.join(", ")
}
