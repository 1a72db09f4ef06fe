import { useMemo } from "react";
import { useRoomKey } from "./index";
import { getDraft, useDraft } from "./taste";

/** Which text of a change a line's number counts in: as it was, or as it is now. */
export type Side = "old" | "new";

/** Lines of one side of a file's change, with their texts as they stood when they were chosen. */
export type Lines = { path: string; side: Side; from: number; to: number; texts: readonly string[] };

export type LineComment = Lines & { id: string; text: string };

/** What is being written, and of which comment; `null` is a new one. */
export type Writing = Lines & { id: string | null };

export type LineComments = {
  all: readonly LineComment[];
  writing: Writing | null;
  /** Opens the editor there. What was being written elsewhere is kept as a comment. */
  write: (where: Writing) => void;
  /** Makes a comment of what is being written; of nothing, nothing. */
  save: () => void;
  stop: () => void;
  remove: (id: string) => void;
  /** Puts back what was removed. */
  restore: (comments: readonly LineComment[]) => void;
  /** Takes away exactly these; what was changed since stays. */
  takeAway: (comments: readonly LineComment[]) => void;
};

/** Comments of this person on a workspace's changes, until they go along with a prompt. They survive a reload as drafts do. */
export function useLineComments(workspace: string): LineComments {
  const key = `${useRoomKey(workspace)}.comments`;
  const [kept, keep] = useDraft(key);
  const [open, setOpen] = useDraft(`${key}.writing`);
  const [, setText] = useDraft(textKey(key));
  return useMemo(() => {
    // From what is kept now: two can come before the next render.
    const become = (change: (now: readonly LineComment[]) => readonly LineComment[]) => {
      const next = change(read(getDraft(key)));
      keep(next.length === 0 ? "" : JSON.stringify(next));
    };
    const stop = () => {
      setOpen("");
      setText("");
    };
    const save = () => {
      const writing = readWriting(getDraft(`${key}.writing`));
      const text = getDraft(textKey(key)).trim();
      stop();
      if (writing && text !== "") become((now) => withOne(now, writing, text));
    };
    const write = (where: Writing) => {
      const now = readWriting(getDraft(`${key}.writing`));
      if (now === null || !isSame(now, where)) {
        save();
        setText(read(getDraft(key)).find(({ id }) => id === where.id)?.text ?? "");
      }
      setOpen(JSON.stringify(where));
    };
    return {
      all: read(kept),
      writing: readWriting(open),
      write,
      save,
      stop,
      remove: (id) => become((now) => now.filter((one) => one.id !== id)),
      restore: (comments) => become((now) => [...now.filter(({ id }) => comments.every((one) => one.id !== id)), ...comments]),
      takeAway: (comments) => become((now) => now.filter((one) => !comments.some(({ id, text }) => id === one.id && text === one.text))),
    };
  }, [key, kept, open, keep, setOpen, setText]);
}

/** The text in the open editor, apart from the rest: it changes with every key. */
export function useCommentText(workspace: string): [string, (text: string) => void] {
  return useDraft(textKey(`${useRoomKey(workspace)}.comments`));
}

function textKey(key: string): string {
  return `${key}.text`;
}

function withOne(all: readonly LineComment[], { id, ...lines }: Writing, text: string): readonly LineComment[] {
  if (id === null) return [...all, { ...lines, id: crypto.randomUUID(), text }];
  return all.map((one) => (one.id === id ? { ...lines, id, text } : one));
}

/** With more or fewer of the lines it still is what is being written. */
function isSame(a: Writing, b: Writing): boolean {
  return a.id === b.id && a.path === b.path && a.side === b.side && a.from <= b.to && b.from <= a.to;
}

function read(kept: string): readonly LineComment[] {
  const all = parsed(kept);
  return Array.isArray(all) ? all.filter(isComment) : [];
}

function readWriting(kept: string): Writing | null {
  const one = parsed(kept);
  return areLines(one) && "id" in one && (one.id === null || typeof one.id === "string") ? (one as Writing) : null;
}

function isComment(one: unknown): one is LineComment {
  return areLines(one) && "text" in one && typeof one.text === "string" && "id" in one && typeof one.id === "string";
}

function parsed(kept: string): unknown {
  try {
    return kept === "" ? null : (JSON.parse(kept) as unknown);
  } catch {
    return null;
  }
}

function areLines(value: unknown): value is Lines {
  if (typeof value !== "object" || value === null) return false;
  const one = value as Partial<Record<keyof Lines, unknown>>;
  const texts = Array.isArray(one.texts) && one.texts.every((text) => typeof text === "string");
  return texts && typeof one.path === "string" && (one.side === "old" || one.side === "new") && typeof one.from === "number" && typeof one.to === "number";
}
