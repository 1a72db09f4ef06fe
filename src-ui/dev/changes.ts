import type { ChangedFile } from "../src/gen/ChangedFile";
import type { ChangeLine } from "../src/gen/ChangeLine";
import type { Reply } from "../src/gen/Reply";

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
