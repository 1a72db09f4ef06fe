import { useMemo, useState } from "react";
import type { ChangeHunk } from "../../gen/ChangeHunk";
import type { ChangeLine } from "../../gen/ChangeLine";
import type { LineComment, LineComments, Lines, Writing } from "../../state/line-comments";
import { useJump } from "./jump";
import { lineAt, reaching, spotKey, spotOf, standing } from "./lines";

/** Comments on one file's lines, and the way to write one. */
export type Commenting = {
  comments: LineComments;
  /** Those whose line is as it was, by the key of their last line. */
  under: ReadonlyMap<string, readonly LineComment[]>;
  /** The key of the line that the editor is under. */
  writingAt: string | null;
  /** Lines that are being chosen or written on. */
  chosen: Lines | null;
  /** Opens the editor on a line or on those chosen; with `more`, on all from where it is open to this line. */
  begin: ((key: string, more: boolean) => void) | null;
  /** Chooses from one line to another. */
  reach: (from: string, to: string) => void;
  /** Comments that have no place among the lines any more. */
  loose: readonly LineComment[];
  /** What is being written has none. */
  looseWriting: Writing | null;
};

type Given = { path: string; hunks: readonly ChangeHunk[]; comments: LineComments; may: boolean };

export function useCommenting({ path, hunks, comments, may }: Given): Commenting {
  const [picked, pick] = useState<Lines | null>(null);
  const { typing } = useJump();
  return useMemo(() => {
    const here = comments.all.filter((one) => one.path === path);
    const writing = comments.writing?.path === path ? comments.writing : null;
    const placed = writing !== null && standing(hunks, writing) === "here";
    const begin = (key: string, more: boolean) => {
      const line = lineAt(hunks, key);
      if (!line) return;
      const open = picked ?? writing;
      const reached = more && open ? reaching(hunks, open, line) : null;
      const lines = reached ?? (picked && covers(picked, line) ? picked : only(path, line));
      pick(null);
      typing.current = true;
      comments.write({ ...lines, id: reached && !picked && writing ? writing.id : null });
    };
    const reach = (from: string, to: string) => {
      const [first, last] = [lineAt(hunks, from), lineAt(hunks, to)];
      if (!first || !last) return;
      const base = picked && covers(picked, first) ? picked : only(path, first);
      pick(reaching(hunks, base, last) ?? base);
    };
    return {
      comments,
      under: byEnd(here.filter((one) => one.id !== writing?.id && standing(hunks, one) === "here")),
      writingAt: placed ? endKey(writing) : null,
      chosen: picked ?? (placed ? writing : null),
      begin: may ? begin : null,
      reach,
      loose: here.filter((one) => one.id !== writing?.id && standing(hunks, one) !== "here"),
      looseWriting: placed ? null : writing,
    };
  }, [path, hunks, comments, may, picked, typing]);
}

export function covers({ side, from, to }: Lines, line: ChangeLine): boolean {
  const at = line[side];
  return at !== null && at >= from && at <= to;
}

function byEnd(comments: readonly LineComment[]): ReadonlyMap<string, readonly LineComment[]> {
  const under = new Map<string, LineComment[]>();
  for (const one of comments) under.set(endKey(one), [...(under.get(endKey(one)) ?? []), one]);
  return under;
}

function endKey({ side, to }: Lines): string {
  return spotKey({ side, at: to });
}

function only(path: string, line: ChangeLine): Lines {
  const { side, at } = spotOf(line);
  return { path, side, from: at, to: at, texts: [line.text] };
}
