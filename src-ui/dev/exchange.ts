import type { Reply } from "../src/gen/Reply";
import type { SetupScript } from "../src/gen/SetupScript";

export const PULL = "https://github.com/ada/ledger/pull/12";

export const TARGET: Extract<Reply, { kind: "push_target" }> = { kind: "push_target", remote: "origin", upstream: null, can_ask: true };

/** For a new workspace: what a repository wants done there. */
export const SCRIPT: SetupScript = {
  text: `#!/bin/sh
# What a new workspace needs before anybody can work in it.
set -eu

cp "$HOME/code/ledger/.env" .env
npm ci --no-audit --no-fund
cargo build --workspace --all-targets --features "postgres metrics" --message-format short 2>&1 | tail -n 40
./scripts/make-a-database.sh --name "ledger-$(basename "$PWD")" --with-samples
`,
  hash: "5e".repeat(32),
  trusted: false,
};
