import type { Reply } from "../src/gen/Reply";

export const WORKTREES: Extract<Reply, { kind: "worktrees" }> = {
  kind: "worktrees",
  worktrees: [
    { path: "/home/ada/code/spike", branch: "ada/spike", bytes: 48_210_331, ours: false },
    { path: "/home/ada/code/a-folder-that-somebody-has-deleted-by-hand", branch: "ada/gone", bytes: null, ours: false },
    { path: "/home/ada/.local/share/conclave/worktrees/ledger/it's old", branch: null, bytes: 1_203, ours: true },
  ],
};
