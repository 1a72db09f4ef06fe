import type { LineComment } from "../src/state/line-comments";

const PATH = "src/session/store.rs";

/** On the change of `FILE_CHANGE`: one of them on a line that says something else by now. */
export const COMMENTS: readonly LineComment[] = [
  { id: "c1", path: PATH, side: "new", from: 14, to: 15, texts: ["        let token = self.tokens.newest(session, device)?;", "        token.ok_or(StoreError::Expired)"], text: "Two devices may share a session: is the newest token the right one?" },
  { id: "c2", path: PATH, side: "new", from: 58, to: 58, texts: ["        self.tokens.clear();"], text: "Only those of this session." },
  { id: "c3", path: "tests/rotation.rs", side: "new", from: 20, to: 20, texts: ["    assert!(store.refresh(session).is_err());"], text: "Say which error." },
];
