import { useEffect, useState, type RefObject } from "react";
import { useSend } from "../../state/index";
import { mentionAt, mentioned, type Mention } from "./mention";
import { useOffers, type Offers } from "./use-offers";

export type File = { id: string; path: string };

const MOST = 12;
/** While somebody writes fast, the host is asked for the last word only. */
const REST_MS = 60;

const NONE: readonly File[] = [];

type Given = {
  workspace: string;
  text: string;
  setText: (text: string) => void;
  /** Where the caret stands. */
  caret: number;
  area: RefObject<HTMLTextAreaElement | null>;
};

/** The `@` menu over a text: files of the workspace that fit the word at the caret, best first. */
export function useMentions({ workspace, text, setText, caret, area }: Given): Offers<File> {
  const mention = mentionAt(text, caret);
  const found = useFiles(workspace, mention);
  return useOffers({
    found,
    text,
    take: ({ path }) => {
      if (!mention) return;
      const next = mentioned(text, mention, path);
      setText(next.text);
      // Once the new text is there.
      requestAnimationFrame(() => area.current?.setSelectionRange(next.caret, next.caret));
    },
    isWritten: ({ path }) => path === mention?.query,
  });
}

function useFiles(workspace: string, mention: Mention | null): readonly File[] {
  const send = useSend();
  const [answer, setAnswer] = useState<readonly File[]>(NONE);
  const query = mention?.query ?? null;
  useEffect(() => {
    if (query === null) return setAnswer(NONE);
    let wanted = true;
    const ask = async () => {
      const reply = await send({ method: "find_files", params: { workspace, query, limit: MOST } }).catch(() => null);
      if (wanted) setAnswer(reply?.kind === "files" ? reply.paths.map((path) => ({ id: path, path })) : NONE);
    };
    const timer = setTimeout(() => void ask(), REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [send, workspace, query]);
  return query === null ? NONE : answer;
}
