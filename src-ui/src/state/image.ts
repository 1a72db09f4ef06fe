import { useEffect, useState } from "react";
import type { PromptImage } from "../gen/PromptImage";
import { useSend } from "./index";

export type Shown = { kind: "loading" } | { kind: "gone" } | { kind: "here"; url: string };

/** An image of a prompt, asked of the host once it is looked at (TU11). */
export function useImage(session: string, { blob, kind }: PromptImage): Shown {
  const send = useSend();
  const [shown, setShown] = useState<Shown>({ kind: "loading" });
  useEffect(() => {
    let wanted = true;
    const show = (next: Shown) => wanted && setShown(next);
    send({ method: "blob", params: { session, hash: blob } }).then(
      (reply) => {
        const data = reply.kind === "blob" ? reply.image?.data : undefined;
        show(data === undefined ? { kind: "gone" } : { kind: "here", url: `data:image/${kind};base64,${data}` });
      },
      () => show({ kind: "gone" }),
    );
    return () => {
      wanted = false;
    };
  }, [send, session, blob, kind]);
  return shown;
}
