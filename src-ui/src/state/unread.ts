import type { SessionStatus } from "../gen/SessionStatus";
import { isBusy } from "./busy";
import { Cell } from "./cell";
import { useRoomKey } from "./index";
import { keepJson, recallJson } from "./kept";
import { useCell } from "./use-cell";

const KEY = "conclave.unread";

/** A session by its room key, as a directory tells of it. */
export type Told = { key: string; status: SessionStatus };

/** What came to rest since somebody looked: those sessions, until they are in front of a person again. */
export class Unread {
  readonly keys: Cell<ReadonlySet<string>>;
  private readonly before = new Map<string, SessionStatus>();

  constructor() {
    this.keys = new Cell<ReadonlySet<string>>(new Set(recallJson(KEY, isKeys) ?? []));
  }

  /** `front` is what the person has before their eyes. */
  heed(told: readonly Told[], front: ReadonlySet<string>): void {
    const known = this.keys.get();
    const now = new Set([...known].filter((key) => !front.has(key)));
    for (const { key, status } of told) {
      if (isBusy(this.before.get(key)) && !isBusy(status) && status !== "ended" && !front.has(key)) now.add(key);
      // What is at work again, or waits, says more than that something is unread.
      this.before.set(key, status);
    }
    if (now.size === known.size && [...now].every((key) => known.has(key))) return;
    this.keys.set(now);
    keepJson(KEY, [...now]);
  }
}

function isKeys(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

const unread = new Unread();

export function heedUnread(told: readonly Told[], front: ReadonlySet<string>): void {
  unread.heed(told, front);
}

export function useUnreadKeys(): ReadonlySet<string> {
  return useCell(unread.keys);
}

/** Something came to its end in this session and nobody has looked since. */
export function useUnread(session: string): boolean {
  const key = useRoomKey(session);
  return useCell(unread.keys).has(key);
}
