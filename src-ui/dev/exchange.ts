import type { Reply } from "../src/gen/Reply";

export const PULL = "https://github.com/ada/ledger/pull/12";

export const TARGET: Extract<Reply, { kind: "push_target" }> = { kind: "push_target", remote: "origin", upstream: null, can_ask: true };
