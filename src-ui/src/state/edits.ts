import { useMemo } from "react";
import { useRoomKey } from "./index";
import { getDraft, setDraft, useDraft } from "./taste";

/** A file while it is written by hand, on the person's machine until it is saved or dropped. */
export type Edit = {
  text: string;
  /** The hash of what was read when it began; `null` for a file that is not there yet. */
  was: string | null;
  /** Lines end as on Windows: a text area does not keep that by itself. */
  crlf: boolean;
  /** What this person had written over an older state of the file. */
  mine: string | null;
};

/** The unsaved text of one file. It survives a reload. */
export function useEdit(workspace: string, path: string): [Edit | null, (edit: Edit | null) => void] {
  const room = useRoomKey(workspace);
  const key = `${room}.file.${path}`;
  const [kept] = useDraft(key);
  return useMemo(() => {
    const set = (edit: Edit | null) => {
      const others = readPaths(getDraft(listKey(room))).filter((one) => one !== path);
      setDraft(key, edit === null ? "" : JSON.stringify(edit));
      const all = edit === null ? others : [...others, path];
      setDraft(listKey(room), all.length === 0 ? "" : JSON.stringify(all));
    };
    return [readEdit(kept), set];
  }, [kept, key, room, path]);
}

/** Files of a workspace with unsaved text. */
export function useEdited(workspace: string): ReadonlySet<string> {
  const [kept] = useDraft(listKey(useRoomKey(workspace)));
  return useMemo(() => new Set(readPaths(kept)), [kept]);
}

/** The file that a workspace's tab has open; it is open again after a reload. */
export function useReading(workspace: string): [string | null, (path: string | null) => void] {
  const [path, set] = useDraft(`${useRoomKey(workspace)}.reading`);
  return [path === "" ? null : path, (next) => set(next ?? "")];
}

function listKey(room: string): string {
  return `${room}.files`;
}

function readPaths(kept: string): readonly string[] {
  const all = parsed(kept);
  return Array.isArray(all) ? all.filter((one) => typeof one === "string") : [];
}

function readEdit(kept: string): Edit | null {
  const one = parsed(kept) as Partial<Record<keyof Edit, unknown>> | null;
  if (typeof one !== "object" || one === null || typeof one.text !== "string") return null;
  return {
    text: one.text,
    was: typeof one.was === "string" ? one.was : null,
    crlf: one.crlf === true,
    mine: typeof one.mine === "string" ? one.mine : null,
  };
}

function parsed(kept: string): unknown {
  try {
    return kept === "" ? null : (JSON.parse(kept) as unknown);
  } catch {
    return null;
  }
}
