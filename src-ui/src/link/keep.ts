import type { Keep } from "./credentials";

/** A browser may forbid its storage, or be full: then things are kept for as long as the page lives. */
export function keepOf(storage: () => Storage): Keep {
  const memory = new Map<string, string>();
  return {
    getItem: (key) => memory.get(key) ?? attempt(() => storage().getItem(key)) ?? null,
    setItem: (key, value) => {
      memory.set(key, value);
      attempt(() => storage().setItem(key, value));
    },
    removeItem: (key) => {
      memory.delete(key);
      attempt(() => storage().removeItem(key));
    },
  };
}

function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}
