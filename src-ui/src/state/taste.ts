import { useCallback, useSyncExternalStore } from "react";

export type Theme = "system" | "dark" | "light";
export type Contrast = "system" | "more";

/** Of the text, in hundredths. */
export const SIZES = [85, 100, 115, 130, 150] as const;

/** What this person likes on this machine; nothing here is true of the room. */
export type Taste = {
  theme: Theme;
  contrast: Contrast;
  /** One of `SIZES`. */
  size: number;
  /** The side bar is there, and how wide in pixels. */
  side: boolean;
  sideWidth: number;
  /** The panel of people is open, and how wide in pixels. */
  people: boolean;
  peopleWidth: number;
  /** Workspaces folded in the side bar. */
  folded: readonly string[];
  /** How changes of files are read. */
  split: boolean;
  wrap: boolean;
  whitespace: boolean;
  /** To be told of what happens while one looks elsewhere. A browser asks for leave as well. */
  notices: boolean;
  /** Hosts whose unverified link this person has been told of. */
  unverified: readonly string[];
};

const KEY = "conclave.taste";
const DRAFT = "conclave.draft.";
/** Drafts that give way: in characters, they leave room for what else a browser keeps, which is often five million. */
const SPARE = /\.images$/;
const MOST_DRAFTS = 2_500_000;
const DEFAULTS: Taste = {
  theme: "system",
  contrast: "system",
  size: 100,
  side: true,
  sideWidth: 264,
  people: true,
  peopleWidth: 300,
  folded: [],
  split: false,
  wrap: false,
  whitespace: true,
  notices: true,
  unverified: [],
};

let taste = read();
const drafts = new Map<string, string>();
const watchers = new Set<() => void>();
let isGone: (room: string) => boolean = () => false;

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

/** Tells of each change, also of those that leave it as it was. */
export function followTaste(changed: () => void): () => void {
  return watch(changed);
}

/** The next larger or smaller text, as far as there is one. */
export function stepSize(by: 1 | -1): void {
  const at = SIZES.findIndex((size) => size === taste.size);
  setTaste({ size: SIZES[(at < 0 ? 1 : at) + by] ?? taste.size });
}

/** What is unsent of a session, by its room key. It survives a reload, unless it is too long for that. */
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
  keep(DRAFT + session, SPARE.test(session) ? fitting(session, text) : text);
  tell();
}

/** Says of a room's key that there is no such room any more. */
export function knowGoneRooms(gone: (room: string) => boolean): void {
  isGone = gone;
}

/** All that is unsent of a session that was deleted. */
export function dropDrafts(room: string): void {
  drop((draft) => draft === room || draft.startsWith(`${room}.`));
  tell();
}

function drop(wanted: (draft: string) => boolean): void {
  const kept = keptDrafts().filter(wanted);
  for (const draft of [...kept, ...[...drafts.keys()].filter(wanted)]) {
    drafts.delete(draft);
    keep(DRAFT + draft, "");
  }
}

/** As many of its images as have room beside the other drafts, the first ones; the others are there until the page is left. */
function fitting(session: string, text: string): string {
  if (text.length > roomBeside(session)) drop((draft) => SPARE.test(draft) && isGone(draft.replace(SPARE, "")));
  const room = roomBeside(session);
  if (text.length <= room) return text;
  const images = listOf(text);
  while (images.length > 0 && JSON.stringify(images).length > room) images.pop();
  return images.length === 0 ? "" : JSON.stringify(images);
}

function roomBeside(session: string): number {
  const others = keptDrafts().filter((draft) => draft !== session);
  return MOST_DRAFTS - others.reduce((sum, draft) => sum + (recall(DRAFT + draft)?.length ?? 0), 0);
}

function listOf(text: string): unknown[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function keptDrafts(): string[] {
  try {
    return Object.keys(localStorage).flatMap((key) => (key.startsWith(DRAFT) ? [key.slice(DRAFT.length)] : []));
  } catch {
    return [];
  }
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
