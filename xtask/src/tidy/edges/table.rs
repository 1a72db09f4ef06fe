/// What one crate of the workspace may depend on.
pub struct Row {
    pub name: &'static str,
    pub uses: &'static [&'static str],
    /// Allowed beside `uses`, for tests only.
    pub test_uses: &'static [&'static str],
    pub outside: Outside,
    pub why: &'static str,
}

/// Which crates of the registry the product code may use.
pub enum Outside {
    Only(&'static [&'static str]),
    Not(&'static [&'static str]),
}

/// Composition roots, programs and test crates; all others have typed errors.
pub const ANYHOW: [&str; 9] = [
    "cli",
    "conclave-desktop",
    "xtask",
    "rehearsal",
    "agent-native",
    "mock-model",
    "testkit",
    "bench",
    "product-tests",
];

const TEST_KIT: &[&str] = &["testkit", "mock-model", "rehearsal"];
const ALL: &[&str] = &[
    "model",
    "room",
    "door",
    "pairing",
    "wire",
    "ports",
    "discovery",
    "store",
    "vcs",
    "terminal",
    "identity",
    "agent-process",
    "agent-catalog",
    "agent-claude",
    "agent-acp",
    "host",
    "peer",
    "server",
    "toolbox",
];
const EVERYTHING: &[&str] = &[
    "model",
    "room",
    "door",
    "pairing",
    "wire",
    "ports",
    "discovery",
    "store",
    "vcs",
    "terminal",
    "identity",
    "agent-process",
    "agent-catalog",
    "agent-claude",
    "agent-acp",
    "host",
    "peer",
    "server",
    "toolbox",
    "cli",
    "rehearsal",
    "agent-native",
    "mock-model",
    "testkit",
];
const NOTHING: Outside = Outside::Not(&[]);

/// From the bottom of the house to its top: a row uses only rows above it.
pub const ROWS: [Row; 30] = [
    row(
        "model",
        &[],
        Outside::Only(&["serde", "serde_json", "thiserror", "uuid", "ts-rs"]),
        "words of the domain only",
    ),
    pure("room", &["model"], "a pure state machine: time, ids and text come in as arguments"),
    pure("door", &["model"], "a pure state machine: time, ids and text come in as arguments"),
    row(
        "pairing",
        &["model"],
        Outside::Only(&["thiserror", "spake2", "hmac", "sha2", "rand_chacha"]),
        "an exchange of bytes: time and chance come in as arguments",
    ),
    row(
        "wire",
        &["model"],
        Outside::Only(&["serde", "serde_json", "thiserror", "ts-rs", "uuid", "base64"]),
        "frames are data; sockets belong to server and peer",
    ),
    row(
        "ports",
        &["model"],
        Outside::Not(&["rusqlite", "axum", "nix", "rustls", "portable-pty", "tokio-tungstenite"]),
        "ports describe the world, adapters touch it",
    ),
    row(
        "discovery",
        &["model", "ports"],
        Outside::Not(&["rusqlite", "axum"]),
        "discovery only announces and looks",
    ),
    row(
        "store",
        &["model", "ports"],
        Outside::Not(&["serde_json", "axum", "tokio-tungstenite"]),
        "the store keeps bytes and never parses them",
    ),
    row(
        "vcs",
        &["model", "ports"],
        Outside::Not(&["rusqlite", "axum"]),
        "version control knows git and nothing else",
    ),
    row(
        "identity",
        &["model", "ports"],
        Outside::Not(&["rusqlite", "axum", "tokio-tungstenite"]),
        "keys, not sockets",
    ),
    row(
        "agent-process",
        &["model", "ports"],
        Outside::Not(&["agent-client-protocol", "rusqlite", "axum"]),
        "it knows no agent's format",
    ),
    row(
        "terminal",
        &["model", "ports", "agent-process"],
        Outside::Not(&["rusqlite", "axum"]),
        "a terminal is a PTY and a ring",
    ),
    row(
        "agent-catalog",
        &["model", "ports", "agent-process"],
        Outside::Not(&["agent-client-protocol", "rusqlite"]),
        "it knows no agent's format",
    ),
    row(
        "agent-claude",
        &["model", "ports", "agent-process"],
        Outside::Not(&["rusqlite", "axum"]),
        "an adapter decodes and drives",
    ),
    row(
        "agent-acp",
        &["model", "ports", "agent-process"],
        Outside::Not(&["rusqlite", "axum"]),
        "an adapter decodes and drives",
    ),
    row(
        "host",
        &["model", "room", "door", "pairing", "wire", "ports"],
        Outside::Not(&[
            "rusqlite",
            "axum",
            "axum-server",
            "rustls",
            "tokio-rustls",
            "tokio-tungstenite",
            "nix",
            "portable-pty",
        ]),
        "the host reaches the world through ports",
    ),
    row(
        "peer",
        &["model", "pairing", "wire", "identity"],
        Outside::Not(&["rusqlite", "axum"]),
        "a peer relays frames",
    ),
    row(
        "server",
        &["model", "ports", "host", "wire", "identity"],
        Outside::Not(&["rusqlite", "agent-client-protocol"]),
        "the server moves frames between sockets and the host",
    ),
    row(
        "toolbox",
        &["model", "host", "wire", "identity"],
        Outside::Not(&["rusqlite"]),
        "tools send requests like anybody else",
    ),
    row("rehearsal", &[], NOTHING, ""),
    row(
        "agent-native",
        &["vcs", "agent-process"],
        Outside::Not(&["rusqlite"]),
        "an agent, and no part of the host",
    ),
    row("mock-model", &[], NOTHING, ""),
    row("sim", &["model", "room", "door", "pairing", "wire", "ports", "host", "peer"], NOTHING, ""),
    row("testkit", EVERYTHING, NOTHING, ""),
    row("cli", ALL, Outside::Not(&["rusqlite"]), "a composition root wires and decides nothing"),
    row("bench", EVERYTHING, NOTHING, ""),
    row(
        "conclave-desktop",
        &[
            "model",
            "room",
            "door",
            "pairing",
            "wire",
            "ports",
            "discovery",
            "store",
            "vcs",
            "terminal",
            "identity",
            "agent-process",
            "agent-catalog",
            "agent-claude",
            "agent-acp",
            "host",
            "peer",
            "server",
            "toolbox",
            "cli",
        ],
        Outside::Not(&["rusqlite"]),
        "a composition root wires and decides nothing",
    ),
    tests("product-tests", NOTHING),
    row("xtask", &[], NOTHING, ""),
    row("fuzz", &["model", "room", "door", "wire"], NOTHING, ""),
];

const fn row(name: &'static str, uses: &'static [&'static str], outside: Outside, why: &'static str) -> Row {
    Row { name, uses, test_uses: TEST_KIT, outside, why }
}

const fn tests(name: &'static str, outside: Outside) -> Row {
    Row { test_uses: EVERYTHING, ..row(name, &[], outside, "") }
}

const fn pure(name: &'static str, uses: &'static [&'static str], why: &'static str) -> Row {
    row(name, uses, Outside::Only(&["thiserror", "serde"]), why)
}
