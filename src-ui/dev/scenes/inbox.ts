import type { RoomView } from "../../src/gen/RoomView";
import type { Snapshot } from "../../src/gen/Snapshot";
import { crowded, DIRECTORY } from "../directory";
import { closed, earlier } from "../events";
import { ADA, BEA, CHEN } from "../people";
import { snapshot, suggested, turn, view } from "../room";
import { logged, NOW, type Scene } from "../scene";
import { SPENT_BY_ALL } from "../spending";
import { ballots } from "./ballots";
import { busy } from "./busy";
import { cardScenes } from "./cards";
import { elsewhereScenes } from "./elsewhere";

const idle = busy.idle as Scene;
const given = (scene: Scene | undefined): RoomView => scene?.snapshot?.view as RoomView;
const room = (session: string, number: number, title: string, shown: RoomView, ...more: Parameters<typeof logged>): Snapshot =>
  snapshot({ ...shown, session, number, title }, logged(...more), { stream: `session:${session}` });

const broken = "Why does the import fail on Tuesdays and on no other day of the week";
const rooms: Record<string, Snapshot> = {
  s1: room("s1", 1, "Split the session store", given(cardScenes.permission), earlier(NOW)),
  s2: room(
    "s2",
    2,
    "Migrate the tests",
    view(ADA, { queue: true, stop: true, hand_over: true, steer: true }, {
      turn: turn(ADA, { asked_to_drive: ["chen"] }),
      suggestions: [suggested("g1", { you_may_edit: true, you_may_accept: true, you_may_drop: true, body: { text: "Write the release note too" } })],
    }),
    earlier(NOW),
  ),
  s3: room("s3", 3, broken, view(ADA, { prompt_now: true, steer: true }, { interrupted: true }), [...earlier(NOW), closed("t1", 900, { kind: "interrupted" })]),
  s5: room("s5", 5, "Name the metrics", given(ballots.vote), earlier(NOW)),
  s6: room("s6", 6, "Draft the release note", { ...given(ballots.observer), turn: turn(CHEN, { phase: "awaiting", waiting_on: ["votes"] }) }, earlier(NOW)),
};
const like = (session: string, number: number, title: string, handle: string) => ({ ...(DIRECTORY.sessions[0] as (typeof DIRECTORY.sessions)[number]), session, number, title, handle, queued: 0 });

/** Everything that can wait: at the door, in sessions here, at another host, and for somebody else. */
const inbox: Scene = {
  ...idle,
  rooms,
  directory: {
    ...DIRECTORY,
    sessions: [...DIRECTORY.sessions, like("s5", 5, "Name the metrics", "5a5a"), { ...like("s6", 6, "Draft the release note", "6b6b"), status: "needs_others", needs: 0 }],
    knocks: [{ knock: "n1", name: "Emil", device: "Firefox on Linux", kind: "browser", share_label: "auth-refactor", at: NOW - 8000 }],
  },
  elsewhere: {
    open: null,
    hosts: (elsewhereScenes.elsewhere?.elsewhere?.hosts ?? []).map(({ row, scene }) => ({
      row: { ...row, label: "Bea’s desktop" },
      scene: { ...scene, rooms: { s1: room("s1", 1, "Rank the results", { ...given(cardScenes.question), roster: [ADA, BEA, CHEN] }, earlier(NOW)) } },
    })),
  },
};

const calm: Scene = { ...idle, directory: { ...DIRECTORY, sessions: DIRECTORY.sessions.filter(({ status }) => status === "ended") }, session: null };

const MORE = crowded();
const spent = (session: string, person: string, agent: string, cost_micros: number) => ({
  session,
  spending: { spent: [{ person, agent, turns: 3, usage: { input_tokens: 40_000, output_tokens: 2_000, cost_micros, context_used: 0, context_size: 0 } }], tools: [] },
});
const taken = [
  ...SPENT_BY_ALL.sessions,
  ...MORE.sessions.slice(4).map(({ session }, n) => spent(session, ["ada", "bea", "chen"][n % 3] ?? "", n % 4 ? "claude-code" : "opencode", n * 31_000)),
];

/** More sessions than a side bar shows. */
const many: Scene = {
  ...idle,
  directory: { ...MORE, sessions: MORE.sessions.map((row, n) => (n < 4 ? row : { ...row, updated_at: NOW - n * n * 60_000, ...(n > 34 ? { state: "ended", status: "ended" } : {}) })) },
  replies: { host_usage: { ...SPENT_BY_ALL, sessions: taken }, disk_use: { kind: "disk_use", bytes: 48_210_331 } },
};

export const inboxScenes: Record<string, Scene> = { inbox, "inbox-empty": calm, sessions: many };
