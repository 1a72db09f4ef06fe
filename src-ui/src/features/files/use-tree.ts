import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ChangedFile } from "../../gen/ChangedFile";
import { failureMessage } from "../../state/failure";
import { useLink, useSend } from "../../state/index";
import { foldersOf, marksOf } from "./marks";
import { rowsOf, STEP, type Known, type Row } from "./rows";

export type Folders = {
  rows: readonly Row[];
  /** Opens a folder or shuts it. */
  turn: (path: string, open: boolean) => void;
  /** Opens all folders above a file. */
  reveal: (path: string) => void;
  /** Draws more of a folder. */
  more: (folder: string) => void;
};

/** A workspace's folders, each asked for when it is opened, and all open ones again when `look` or `seen` is another. */
export function useTree(workspace: string, changed: readonly ChangedFile[], look: number, seen: string): Folders {
  const [known, setKnown] = useState<ReadonlyMap<string, Known>>(new Map());
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState<ReadonlyMap<string, number>>(new Map());
  const marks = useMemo(() => marksOf(changed), [changed]);
  const learn = useCallback((path: string, one: Known) => setKnown((now) => (isSame(now.get(path), one) ? now : new Map(now).set(path, one))), []);
  useAskedFor(workspace, open, `${look} ${seen}`, learn);
  return {
    rows: useMemo(() => rowsOf({ known, open, wanted, marks }), [known, open, wanted, marks]),
    turn: (path, on) => setOpen((now) => new Set(on ? [...now, path] : [...now].filter((one) => one !== path))),
    reveal: useCallback((path) => setOpen((now) => (foldersOf(path).every((one) => now.has(one)) ? now : new Set([...now, ...foldersOf(path)]))), []),
    more: (folder) => setWanted((now) => new Map(now).set(folder, (now.get(folder) ?? STEP) + STEP)),
  };
}

/** Each open folder once, and all of them anew when `look` is another or the host is back. */
function useAskedFor(workspace: string, open: ReadonlySet<string>, look: string, learn: (path: string, one: Known) => void): void {
  const send = useSend();
  const reachable = useLink().kind === "live";
  const asked = useRef({ look: "", paths: new Set<string>() });
  useEffect(() => {
    if (!reachable) {
      asked.current.paths.clear();
      return;
    }
    const wanted = ["", ...open];
    const before = asked.current.look === look ? asked.current.paths : new Set<string>();
    asked.current = { look, paths: new Set(wanted) };
    for (const path of wanted) {
      if (before.has(path)) continue;
      send({ method: "folder", params: { workspace, path } }).then(
        (reply) => reply.kind === "folder" && learn(path, { entries: reply.entries, more: reply.more, wrong: null }),
        (error: unknown) => learn(path, { entries: [], more: false, wrong: failureMessage(error) }),
      );
    }
  }, [send, workspace, open, look, learn, reachable]);
}

function isSame(a: Known | undefined, b: Known): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
