import { useCallback, useSyncExternalStore } from "react";

export type Theme = "system" | "dark" | "light";

/** What this person likes on this machine; nothing here is true of the room. */
export type Taste = {
  theme: Theme;
  /** The session in view. */
  session: string | null;
  /** The key of the other host that it is at; `null` when it is at this one. */
  host: string | null;
  /** The panel of people is open. */
  people: boolean;
  /** Workspaces folded in the side bar. */
  folded: readonly string[];
  /** Hosts whose unverified link this person has been told of. */
  unverified: readonly string[];
};

const KEY = "conclave.taste";
const DRAFT = "conclave.draft.";
const DEFAULTS: Taste = { theme: "system", session: null, host: null, people: true, folded: [], unverified: [] };

let taste = read();
const drafts = new Map<string, string>();
const watchers = new Set<() => void>();

export function useTaste(): Taste {
  return useSyncExternalStore(watch, getTaste);
}

export function getTaste(): Taste {
  return taste;
}

export function setTaste(change: Partial<Taste>): void {
  taste = { ...taste, ...change };
  keep(KEY, JSON.stringify(taste));
  tell();
}

/** The unsent text of a session, by its room key. It survives a reload. */
export function useDraft(session: string): [string, (text: string) => void] {
  const text = useSyncExternalStore(watch, () => getDraft(session));
  const set = useCallback((next: string) => setDraft(session, next), [session]);
  return [text, set];
}

export function getDraft(session: string): string {
  const known = drafts.get(session);
  if (known !== undefined) return known;
  const kept = recall(DRAFT + session) ?? "";
  drafts.set(session, kept);
  return kept;
}

export function setDraft(session: string, text: string): void {
  drafts.set(session, text);
  keep(DRAFT + session, text);
  tell();
}

/** Forget what is in memory and read the storage again, as a reload does. */
export function reloadTaste(): void {
  drafts.clear();
  taste = read();
  tell();
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

function tell() {
  for (const watcher of watchers) watcher();
}

function read(): Taste {
  try {
    const kept: unknown = JSON.parse(recall(KEY) ?? "{}");
    return typeof kept === "object" && kept !== null ? { ...DEFAULTS, ...kept } : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

// A full or forbidden storage costs the memory of a reload, never the text in front of the person.
function keep(key: string, text: string) {
  try {
    if (text === "") localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    return;
  }
}
