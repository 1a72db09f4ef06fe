import { useState } from "react";
import type { LongText } from "../gen/LongText";
import { useAct } from "./act";

export type WholeText = {
  text: string;
  /** Bytes of the whole while only its beginning is here, else 0. */
  missing: number;
  loading: boolean;
  load: () => void;
  /** The rest was asked for and is here. */
  loaded: boolean;
  /** The host itself kept no more than this. */
  truncated: boolean;
};

/** A long text: its beginning at once, the rest when asked for (LO11). */
export function useWhole(session: string, long: LongText): WholeText {
  const [rest, setRest] = useState<{ hash: string; text: string; truncated: boolean } | null>(null);
  const { act, busy } = useAct();
  const hash = long.blob;
  if (hash === undefined)
    return { text: long.text, missing: 0, loading: false, load: () => {}, loaded: false, truncated: long.truncated ?? false };
  if (rest?.hash === hash)
    return { text: rest.text, missing: 0, loading: false, load: () => {}, loaded: true, truncated: rest.truncated };
  const load = async () => {
    const reply = await act({ method: "blob", params: { session, hash } });
    if (reply?.kind === "blob") setRest({ hash, text: reply.text, truncated: reply.truncated || !!long.truncated });
  };
  return { text: long.text, missing: long.bytes, loading: busy, load, loaded: false, truncated: false };
}
