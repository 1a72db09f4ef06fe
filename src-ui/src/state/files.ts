import { useEffect, useState } from "react";
import type { Reply } from "../gen/Reply";
import { useAsked, type Asked } from "./asked";
import { useLookAgain } from "./changes";
import { useDirectory, useSend, useStore } from "./index";
import { showBeside, useLayout } from "./layout";
import { chatsOf, panesOf } from "./layout/model";
import { openSession, ranked } from "./open-session";
import { showPage } from "./page";
import { getDraft, setDraft } from "./taste";

export type Folder = Extract<Reply, { kind: "folder" }>;
export type FileText = Extract<Reply, { kind: "file_text" }>;

/** While somebody types fast, the host is asked for the last word only. */
const REST_MS = 80;
const MOST_FOUND = 100;

/** Opens a workspace's files in a tab beside what is read, or shows where they are open already. */
export function useOpenFiles(): (workspace: string) => void {
  const { place } = useStore();
  return (workspace) => showFiles(place, workspace);
}

export function showFiles(place: string, workspace: string): void {
  showPage(null);
  showBeside({ kind: "files", host: place === "" ? null : place.slice(0, -1), workspace });
}

/** A file as it is now, read again while an agent works there. */
export function useFileText(workspace: string, path: string): Asked<"file_text"> {
  const asked = useAsked({ method: "read_file", params: { workspace, path } }, "file_text");
  useLookAgain(workspace, asked.again);
  return asked;
}

/** Files by parts of their path, the nearest first; `null` while nothing is looked for, or before the first answer. */
export function useFoundFiles(workspace: string, words: string): Extract<Reply, { kind: "files" }> | null {
  const send = useSend();
  const [found, setFound] = useState<Extract<Reply, { kind: "files" }> | null>(null);
  const query = words.trim();
  useEffect(() => {
    if (query === "") return setFound(null);
    let wanted = true;
    const ask = async () => {
      const reply = await send({ method: "find_files", params: { workspace, query, limit: MOST_FOUND } }).catch(() => null);
      if (wanted && reply?.kind === "files") setFound(reply);
    };
    const timer = setTimeout(() => void ask(), REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [send, workspace, query]);
  return query === "" ? null : found;
}

/** Puts words at the end of the message that is being written in this workspace; `null` without a session there. */
export function useInsert(workspace: string): ((words: string) => void) | null {
  const { place } = useStore();
  const open = panesOf(useLayout()).flatMap(({ tabs }) => chatsOf(tabs).map(({ session }) => session));
  const rows = ranked(useDirectory()).filter((row) => row.workspace === workspace);
  const row = rows.find(({ session }) => open.includes(session)) ?? rows[0];
  if (!row) return null;
  return (words) => {
    const before = getDraft(place + row.session);
    const gap = before === "" || /\s$/.test(before) ? "" : " ";
    setDraft(place + row.session, `${before}${gap}${words} `);
    openSession(row.session, place === "" ? null : place.slice(0, -1));
  };
}
