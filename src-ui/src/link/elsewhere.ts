import type { Credentials, Keep } from "./credentials";

const KEY = "conclave.away.";

/**
 * On the way to another host this page proves itself to its own only; what opens the other one is not a page's to
 * have. Who was not let in does not knock again with every reload, only when the person asks for it (`named`).
 */
export function elsewhere(host: string, own: Credentials, keep: Keep): Credentials {
  const key = KEY + host;
  return {
    way: () => (keep.getItem(key) === null ? own.way() : { kind: "refused", reason: "refused" }),
    welcomed: () => undefined,
    failed: () => false,
    named: () => keep.removeItem(key),
    sentAway: () => keep.setItem(key, "1"),
  };
}
