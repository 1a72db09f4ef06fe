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
  kept: () => read(KEY),
  keep: (text) => write(KEY, text),
  follow(told) {
    const heard = ({ key, newValue }: StorageEvent): void => {
      if (key === KEY && newValue !== null) told(newValue);
    };
    addEventListener("storage", heard);
    return () => removeEventListener("storage", heard);
  },
};

/** What the person's host has still to be told. A page can be gone before it was. */
export type Unsent = { get(): string | null; set(text: string): void };

const UNSENT = `${KEY}.unsent`;

/** Empty where there is nothing. */
export const browserUnsent: Unsent = { get: () => read(UNSENT) || null, set: (text) => write(UNSENT, text) };

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    return;
  }
}
