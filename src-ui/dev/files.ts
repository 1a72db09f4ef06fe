import type { Failure } from "../src/gen/Failure";
import type { FolderEntry } from "../src/gen/FolderEntry";
import type { Reply } from "../src/gen/Reply";
import type { RequestWithoutCommand } from "../src/link";
import { DISC } from "./pictures";
import type { Scene } from "./scene";

const folder = (name: string): FolderEntry => ({ name, kind: "folder", bytes: null });
const file = (name: string, bytes: number): FolderEntry => ({ name, kind: "file", bytes });

const FOLDERS: Record<string, FolderEntry[]> = {
  "": [folder("docs"), folder("migrations"), folder("src"), folder("tests"), folder("vendor"), { name: "current", kind: "link", bytes: null }, file("Cargo.lock", 90_331), file("Cargo.toml", 812), file("README.md", 2_204)],
  docs: [file("picture.png", 182_004), file("mark.svg", 118), file("overview.md", 3_010)],
  migrations: [file("0006_people.sql", 340), file("0007_refresh.sql", 221)],
  src: [folder("session"), folder("telemetry"), file("main.rs", 1_410)],
  "src/session": [file("store.rs", 4_022), file("token.rs", 1_893), file("state.rs", 2_200)],
  "src/telemetry": [file("names.rs", 640)],
  tests: [file("rotation.rs", 2_771)],
  vendor: Array.from({ length: 400 }, (_, n) => file(`part-${String(n).padStart(4, "0")}.json`, 100 + n)),
};

export const STORE = `use crate::{Device, SessionId, StoreError, Token};

/// Sessions and what they may be refreshed with.
pub struct SessionStore {
    rows: Rows,
    tokens: TokenStore,
}

impl SessionStore {
    pub fn refresh(&self, session: SessionId, device: &Device) -> Result<Token, StoreError> {
        let token = self.tokens.newest(session, device)?;
        token.ok_or(StoreError::Expired)
    }

    /// Ends every session of this person, on all of their devices, and forgets whatever could be used to begin one again.
    pub fn end(&mut self, session: SessionId) -> Result<(), StoreError> {
        let gone = self.rows.remove(&session);
        self.tokens.forget(session)?;
        tracing::debug!(%session, found = gone.is_some(), "ended");
        Ok(())
    }
}
`;

const MARK = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"><circle cx="60" cy="40" r="30" fill="#4060c8"/></svg>
`;

export function failure(code: Failure["code"], message: string): Failure {
  return { code, message, retry: "after_change" };
}

/** A worktree with a few files; what is written there is read again. */
export function worktree(texts: Record<string, string> = { "src/session/store.rs": STORE }): NonNullable<Scene["replies"]> {
  const hashOf = (path: string) => `hash of ${texts[path]?.length ?? 0} ${texts[path] ?? ""}`;
  return {
    folder: (asked): Reply => {
      const path = asked.method === "folder" ? asked.params.path : "";
      const entries = FOLDERS[path];
      if (!entries) throw failure("not_found", `There is no folder ${path} here.`);
      return { kind: "folder", entries, more: path === "vendor" };
    },
    read_file: (asked): Reply => {
      const path = asked.method === "read_file" ? asked.params.path : "";
      if (path === "docs/mark.svg") return { kind: "file_text", path, text: MARK, hash: hashOf(path) };
      if (texts[path] === undefined && path !== "README.md") throw failure("not_found", `There is no file ${path} here any more.`);
      return { kind: "file_text", path, text: texts[path] ?? "# Ledger\n\nWho owes whom.\n", hash: hashOf(path) };
    },
    read_picture: (asked): Reply => {
      if (asked.method === "read_picture" && asked.params.path !== "docs/picture.png") throw failure("bad_image", "This is no picture that a page shows: PNG, JPEG, GIF or WebP.");
      return { kind: "picture", image: DISC };
    },
    write_file: (asked: RequestWithoutCommand): Reply => {
      if (asked.method !== "write_file") return { kind: "done" };
      const { path, text, was } = asked.params;
      if (was !== null && was !== hashOf(path)) throw failure("changes_stale", `${path} has changed since it was read. Nothing was written.`);
      texts[path] = text;
      return { kind: "written", hash: hashOf(path) };
    },
  };
}

/** A worktree in which the next save comes too late, as when an agent wrote meanwhile. */
export function raced(path: string): NonNullable<Scene["replies"]> {
  const texts: Record<string, string> = { [path]: STORE };
  const tree = worktree(texts);
  return {
    ...tree,
    write_file: (asked) => {
      texts[path] = STORE.replace("ended", "has ended");
      return typeof tree.write_file === "function" ? tree.write_file(asked) : { kind: "done" };
    },
  };
}

export const FILES = worktree();

export const KNOWN_RISKS: Extract<Reply, { kind: "risks" }> = {
  kind: "risks",
  bytes: 48_210_331,
  risks: [
    { kind: "uncommitted", found: { kind: "some", count: 3, first: ["src/session/store.rs", "src/session/token.rs", "tests/rotation.rs"] } },
    { kind: "untracked", found: { kind: "some", count: 1, first: ["notes.txt"] } },
    { kind: "unmerged", found: { kind: "some", count: 4, first: ["Read tokens through the store", "Move the metrics", "Backfill in batches"] } },
    { kind: "unpushed", found: { kind: "unknown", why: "the remote did not answer" } },
  ],
};
