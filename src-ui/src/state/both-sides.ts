import { useCallback, useEffect, useState } from "react";
import type { ChangedFile } from "../gen/ChangedFile";
import type { ChangesSince } from "../gen/ChangesSince";
import type { ImageBytes } from "../gen/ImageBytes";
import type { Reply } from "../gen/Reply";
import { wrongOf, type Wrong } from "./attempt";
import { useLink, useSend } from "./index";

export type Picture = { url: string; bytes: number };
export type BothSides = { before: Picture | null; after: Picture | null };

type Held = { key: string; sides: BothSides | null; wrong: Wrong | null };

/** A changed picture as it was and as it is (FI9): asked once for each change, since it is large. */
export function useBothSides(workspace: string, since: ChangesSince, { id, path }: ChangedFile): Omit<Held, "key"> & { again: () => void } {
  const send = useSend();
  const reachable = useLink().kind === "live";
  const [count, setCount] = useState(0);
  const [held, hold] = useState<Held | null>(null);
  const params = JSON.stringify({ workspace, path, since });
  const key = `${params} ${id}`;
  useEffect(() => {
    if (!reachable) return;
    let wanted = true;
    const keep = (sides: BothSides | null, wrong: Wrong | null) => wanted && hold({ key, sides, wrong });
    send({ method: "both_sides", params: JSON.parse(params) as { workspace: string; path: string; since: ChangesSince } }).then(
      (reply) => keep(sidesOf(reply), null),
      (error: unknown) => keep(null, wrongOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [send, params, key, count, reachable]);
  const current = held?.key === key ? held : null;
  return { sides: current?.sides ?? null, wrong: current?.wrong ?? null, again: useCallback(() => setCount((n) => n + 1), []) };
}

function sidesOf(reply: Reply): BothSides | null {
  return reply.kind === "both_sides" ? { before: reply.before && pictureOf(reply.before), after: reply.after && pictureOf(reply.after) } : null;
}

/** As a page shows it. */
export function pictureOf({ kind, data }: ImageBytes): Picture {
  const padding = data.endsWith("==") ? 2 : data.endsWith("=") ? 1 : 0;
  return { url: `data:image/${kind};base64,${data}`, bytes: (data.length / 4) * 3 - padding };
}
