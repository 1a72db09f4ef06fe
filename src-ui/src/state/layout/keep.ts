/**
 * Where a layout is kept: in this browser, or on a person's own host with this browser's copy in front of it. So the
 * page never waits for it, and hears when another device of the same person has kept another one.
 */
export type LayoutKeep = {
  /** What this page knows to be kept. */
  kept(): string | null;
  keep(text: string): void;
  /** Tells what somebody else has kept meanwhile. */
  follow(told: (text: string) => void): () => void;
};

const KEY = "conclave.layout";

/** In this browser, shared by its windows. Without storage it lasts as long as the page. */
export const browserKeep: LayoutKeep = {
  kept() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  keep(text) {
    try {
      localStorage.setItem(KEY, text);
    } catch {
      return;
    }
  },
  follow(told) {
    const heard = ({ key, newValue }: StorageEvent): void => {
      if (key === KEY && newValue !== null) told(newValue);
    };
    addEventListener("storage", heard);
    return () => removeEventListener("storage", heard);
  },
};
