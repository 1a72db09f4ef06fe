import type { Directory } from "../src/gen/Directory";
import type { SessionRow } from "../src/gen/SessionRow";
import { NOW } from "./scene";

export const EMPTY: Directory = { repositories: [], workspaces: [], sessions: [], live_shares: 0, catalogue: 0, knocks: [], fork_offers: [] };

export const DIRECTORY: Directory = {
  repositories: [
    { repository: "r1", name: "ledger", path: "/home/ada/code/ledger" },
    { repository: "r2", name: "website", path: "/home/ada/code/website" },
  ],
  workspaces: [
    workspace("w1", "r1", "ledger", "auth-refactor", true),
    workspace("w2", "r1", "ledger", "fix-flaky-import", false),
    workspace("w3", "r2", "website", "pricing-copy", false),
  ],
  sessions: [
    session("s1", "w1", 1, "Split the session store", { status: "needs_you", needs: 1, queued: 1, handle: "7f3a", tags: ["auth", "release"] }),
    session("s2", "w1", 2, "Migrate the tests", { status: "running", handle: "c01b", tags: ["release"] }),
    session("s4", "w1", 4, "An older try", { status: "ended", state: "ended", handle: "40aa" }),
    session("s3", "w2", 3, "Why does the import fail on Tuesdays and on no other day of the week", { handle: "9be2", status: "interrupted" }),
  ],
  live_shares: 1, catalogue: 0,
  knocks: [],
  fork_offers: [],
};

/** One workspace in the archive, and one that is gone. */
export function archived(): Directory {
  const state = { w2: "archived", w3: "deleted" } as const;
  const workspaces = DIRECTORY.workspaces.map((one) => (one.workspace in state ? { ...one, state: state[one.workspace as keyof typeof state] } : one));
  return { ...DIRECTORY, workspaces, sessions: [...DIRECTORY.sessions, session("s7", "w3", 7, "What the prices should be", { status: "ended", state: "ended", handle: "aa07" })] };
}

export function crowded(): Directory {
  const sessions = Array.from({ length: 40 }, (_, n) =>
    session(`x${n}`, n % 2 ? "w2" : "w3", n + 5, `Session about topic ${n + 1}`, {
      handle: (0xa000 + n * 37).toString(16),
      status: n % 9 === 0 ? "running" : "idle",
    }),
  );
  return { ...DIRECTORY, sessions: [...DIRECTORY.sessions, ...sessions] };
}

function workspace(id: string, repository: string, repository_name: string, name: string, shared: boolean) {
  return { workspace: id, repository, repository_name, name, branch: `conclave/${name}`, path: null, shared };
}

function session(id: string, workspace: string, number: number, title: string, more: Partial<SessionRow>): SessionRow {
  return {
    session: id,
    workspace,
    number,
    handle: id,
    title,
    state: "active",
    status: "idle",
    needs: 0,
    queued: 0,
    head: 10,
    updated_at: NOW - number * 1000,
    ...more,
  };
}
