//! `limits.json` of the data folder: the limits of PA6 as the owner wants them, read at the start.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use host::{CommandRate, ConnectionLimits};
use model::{Span, limits};
use serde::Deserialize;
use server::GateLimits;

const LIMITS_FILE: &str = "limits.json";

/// The limits of one host.
#[derive(Clone, Copy, Debug, Default)]
pub struct HostLimits {
    pub gate: GateLimits,
    pub connection: ConnectionLimits,
}

/// Why the file was not used. The host does not start with limits that its owner did not mean.
#[derive(Debug, thiserror::Error)]
pub enum LimitsRefused {
    #[error("{} can't be read: {source}", .path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{} is not as it should be: {source}. Mend it, or remove it for the usual limits.", .path.display())]
    Malformed { path: PathBuf, source: serde_json::Error },
    #[error("{}: `{name}` is {found}, and can be {least} to {most}.", .path.display())]
    OutOfRange { path: PathBuf, name: &'static str, found: u64, least: u64, most: u64 },
}

/// What is left out is as usual.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    hello_s: u64,
    frame_bytes: u64,
    prompt_bytes: u64,
    connections: u64,
    unauthenticated: u64,
    unauthenticated_per_address: u64,
    commands_per_second: u64,
    commands_burst: u64,
    signal_bytes_per_second: u64,
    failed_authentications: u64,
    failed_window_s: u64,
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            hello_s: limits::HELLO.0 / 1000,
            frame_bytes: limits::FRAME_BYTES as u64,
            prompt_bytes: limits::PROMPT_BYTES as u64,
            connections: limits::CONNECTIONS as u64,
            unauthenticated: limits::UNAUTHENTICATED as u64,
            unauthenticated_per_address: limits::UNAUTHENTICATED_PER_ADDRESS as u64,
            commands_per_second: limits::COMMANDS_PER_SECOND.into(),
            commands_burst: limits::COMMANDS_BURST.into(),
            signal_bytes_per_second: limits::SIGNAL_BYTES_PER_SECOND.into(),
            failed_authentications: limits::FAILED_AUTH.into(),
            failed_window_s: limits::FAILED_AUTH_WINDOW.0 / 1000,
        }
    }
}

impl HostLimits {
    /// # Errors
    /// The file is there and can't be used; the message says which line or value.
    pub fn of_folder(folder: &Path) -> Result<Self, LimitsRefused> {
        let path = folder.join(LIMITS_FILE);
        match std::fs::read(&path) {
            Ok(bytes) => {
                let wanted: Wanted = serde_json::from_slice(&bytes)
                    .map_err(|source| LimitsRefused::Malformed { path: path.clone(), source })?;
                wanted.checked(&path)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(LimitsRefused::Unreadable { path, source }),
        }
    }
}

impl Wanted {
    // A frame and a prompt have the protocol's own limit above them; the owner can only allow less.
    fn checked(&self, path: &Path) -> Result<HostLimits, LimitsRefused> {
        let within = |name, found: u64, least: u64, most: u64| match (least..=most).contains(&found) {
            true => Ok(found),
            false => Err(LimitsRefused::OutOfRange { path: path.to_owned(), name, found, least, most }),
        };
        let count = |name, found, least, most| within(name, found, least, most).map(|it| it as usize);
        let small = |name, found, least| {
            within(name, found, least, u32::MAX.into()).map(|it| u32::try_from(it).unwrap_or(u32::MAX))
        };
        let hello = Span::from_secs(within("hello_s", self.hello_s, 1, 60)?);
        let window = within("failed_window_s", self.failed_window_s, 1, 24 * 3600)?;
        let frame = limits::FRAME_BYTES as u64;
        Ok(HostLimits {
            gate: GateLimits {
                connections: count("connections", self.connections, 1, 4096)?,
                unauthenticated: count("unauthenticated", self.unauthenticated, 1, 1024)?,
                unauthenticated_per_address: count(
                    "unauthenticated_per_address",
                    self.unauthenticated_per_address,
                    1,
                    1024,
                )?,
                failures: count("failed_authentications", self.failed_authentications, 1, 1000)?,
                failures_window: Duration::from_secs(window),
                patience: Duration::from_millis(hello.0),
                frame_bytes: count("frame_bytes", self.frame_bytes, 16 * 1024, frame)?,
                ..GateLimits::default()
            },
            connection: ConnectionLimits {
                hello,
                rate: CommandRate {
                    per_second: small("commands_per_second", self.commands_per_second, 1)?,
                    burst: small("commands_burst", self.commands_burst, 1)?,
                },
                signal_bytes: small("signal_bytes_per_second", self.signal_bytes_per_second, 1024)?,
                prompt_bytes: count("prompt_bytes", self.prompt_bytes, 1024, limits::PROMPT_BYTES as u64)?,
            },
        })
    }
}
