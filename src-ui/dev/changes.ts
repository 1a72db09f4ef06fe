import type { ChangedFile } from "../src/gen/ChangedFile";
import type { ChangeLine } from "../src/gen/ChangeLine";
import type { Edge } from "../src/gen/Edge";
import type { Reply } from "../src/gen/Reply";
import type { RequestWithoutCommand } from "../src/link";
import { DISC, SQUARES } from "./pictures";

const file = (path: string, how: ChangedFile["how"], added: number | null, removed: number | null, moved_from: string | null = null): ChangedFile => ({
  id: `${how} ${path} ${added} ${removed}`,
  path,
  moved_from,
  how,
  added,
  removed,
});

export const CHANGES: Extract<Reply, { kind: "changes" }> = {
  kind: "changes",
  files: [
    file("docs/picture.png", "modified", null, null),
    file("migrations/0007_refresh.sql", "added", 6, 0),
    file("src/session/store.rs", "modified", 14, 9),
    file("src/session/token.rs", "added", 41, 0),
    file("src/session/tokens/legacy.rs", "deleted", 0, 63),
    file("src/telemetry/names.rs", "moved", 2, 2, "src/metrics.rs"),
    file("tests/rotation.rs", "modified", 18, 3),
  ],
  omitted: 0,
  skipped: ["target.tar.zst"],
  seen: "seen-1",
  merging: false,
  conflicts: [],
};

/** Lines as a patch has them. */
function lines(from: number, text: string): ChangeLine[] {
  let [old, now] = [from, from];
  return text.split("\n").map((said): ChangeLine => {
    const how = said.startsWith("+") ? "added" : said.startsWith("-") ? "removed" : "same";
    const at = { old: how === "added" ? null : old++, new: how === "removed" ? null : now++ };
    return { how, ...at, text: said.slice(1), open_end: false, cut: 0 };
  });
}

export const FILE_CHANGE: Extract<Reply, { kind: "file_change" }> = {
  kind: "file_change",
  file: CHANGES.files[2] as ChangedFile,
  body: {
    kind: "text",
    omitted: 0,
    hunks: [
      {
        id: "h1",
        lines: lines(
          12,
          ` impl SessionStore {
-    pub fn refresh(&self, session: SessionId) -> Result<Token, StoreError> {
-        let row = self.row(session)?;
-        row.refresh_token.ok_or(StoreError::Expired)
+    pub fn refresh(&self, session: SessionId, device: &Device) -> Result<Token, StoreError> {
+        let token = self.tokens.newest(session, device)?;
+        token.ok_or(StoreError::Expired)
     }
 
     /// Ends every session of this person.`,
        ),
      },
      {
        id: "h2",
        lines: lines(
          57,
          `         let gone = self.rows.remove(&session);
+        self.tokens.forget(session)?;
         tracing::debug!(%session, found = gone.is_some(), "ended");
         Ok(())
     }`,
        ),
      },
    ],
  },
};

const edge = (number: number, edge: Edge, turn: string, author: string, agent = "claude-code") => ({
  number,
  commit: String(number).padStart(40, "a"),
  of: { session: "s1", turn, edge, author, agent },
});

export const WORK: Extract<Reply, { kind: "work" }> = {
  kind: "work",
  people: [{ person: "bea", name: "Bea" }],
  checkpoints: [
    edge(1, "before", "t0", "bea"),
    edge(2, "after", "t0", "bea"),
    { number: 3, commit: "3".padStart(40, "a"), of: null },
    edge(4, "before", "t1", "ada", "codex"),
    edge(5, "after", "t1", "ada", "codex"),
  ],
  commits: [
    { commit: "ab12cd3".padEnd(40, "0"), message: "Move the metrics out of the store", by: "bea", reverted: false },
    { commit: "77e01f9".padEnd(40, "0"), message: "Try a cache for tokens", by: "ada", reverted: true },
  ],
  base_branch: "main",
};

export const MAKERS: Extract<Reply, { kind: "makers" }> = {
  kind: "makers",
  makers: {
    makers: [
      { kind: "turn", session: "s1", turn: "t0", author: "bea", agent: "claude-code" },
      { kind: "turn", session: "s1", turn: "t1", author: "ada", agent: "codex" },
      { kind: "hand" },
    ],
    files: [
      { path: "migrations/0007_refresh.sql", makers: [0], runs: [{ how: "added", from: 1, to: 6, maker: 0 }] },
      {
        path: "src/session/store.rs",
        makers: [0, 2],
        runs: [
          { how: "removed", from: 13, to: 15, maker: 0 },
          { how: "added", from: 13, to: 15, maker: 0 },
          { how: "added", from: 58, to: 58, maker: 2 },
        ],
      },
      { path: "src/session/token.rs", makers: [0, 1], runs: [{ how: "added", from: 1, to: 41, maker: 0 }] },
      { path: "src/session/tokens/legacy.rs", makers: [1], runs: [] },
      { path: "docs/picture.png", makers: [2], runs: [] },
    ],
  },
  people: [
    { person: "ada", name: "Ada" },
    { person: "bea", name: "Bea" },
  ],
};

const PICTURE_CHANGE: typeof FILE_CHANGE = { ...FILE_CHANGE, file: CHANGES.files[0] as ChangedFile, body: { kind: "binary" } };

export const BOTH_SIDES: Extract<Reply, { kind: "both_sides" }> = { kind: "both_sides", before: DISC, after: SQUARES };

/** As much of the store as a host tells: what stands around its two places too. */
const WIDE_CHANGE: typeof FILE_CHANGE = { ...FILE_CHANGE, body: { kind: "text", omitted: 0, hunks: [{ id: "h3", lines: [...stays(1, 11, 0), ...places(0), ...stays(19, 56, 0), ...places(1), ...stays(62, 90, 1)] }] } };

function places(at: number): ChangeLine[] {
  return FILE_CHANGE.body.kind === "text" ? (FILE_CHANGE.body.hunks[at]?.lines ?? []) : [];
}

function stays(from: number, to: number, come: number): ChangeLine[] {
  return Array.from({ length: to - from + 1 }, (_, at) => ({ how: "same", old: from + at - come, new: from + at, text: `    // ${from + at}: as it was`, open_end: false, cut: 0 }));
}

/** What became of one file: of the picture as such, of any other as of the store. */
export function fileChange(asked: RequestWithoutCommand): Reply {
  if (asked.method !== "file_change") return FILE_CHANGE;
  if (asked.params.path === PICTURE_CHANGE.file.path) return PICTURE_CHANGE;
  return (asked.params.context ?? 0) > 100 ? WIDE_CHANGE : FILE_CHANGE;
}
