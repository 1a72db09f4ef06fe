import type { LoggedEvent } from "../gen/LoggedEvent";
import type { Partial } from "../gen/Partial";
import type { Signal } from "../gen/Signal";
import type { Item, MessageItem, ThoughtItem } from "./types";

export type Delta = Extract<Signal, { kind: "delta" }>;

/** An item that is still being written: its text up to delta `n`, and what arrived beyond a gap. */
export type Running = {
  readonly item: MessageItem | ThoughtItem;
  readonly n: number;
  readonly beyond: readonly Delta[];
};

export function fromPartial({ turn, item, thought, n, text, began }: Partial): Running {
  return { item: streaming({ turn, item, thought }, text, began), n, beyond: [] };
}

export function fromDelta(delta: Delta, at: number): Running {
  const empty: Running = { item: streaming(delta, "", at), n: 0, beyond: [] };
  return grown(empty, delta);
}

/** Deltas of one item are counted from 1: one seen before changes nothing, one beyond a gap waits. */
export function grown(running: Running, delta: Delta): Running {
  if (delta.n <= running.n) return running;
  const expected = running.beyond.length === 0 && delta.n === running.n + 1;
  if (!expected) return { ...running, beyond: [...running.beyond, delta] };
  return { ...running, n: delta.n, item: withText(running.item, running.item.text.text + delta.text) };
}

/** The host's word on the text so far; what had arrived beyond it follows. */
export function healed(running: Running, n: number, text: string): Running {
  if (n < running.n) return { ...running, beyond: [] };
  const base: Running = { item: withText(running.item, text), n, beyond: [] };
  return running.beyond.reduce(grown, base);
}

export function hasGap(running: Running): boolean {
  return running.beyond.length > 0;
}

/** Those that these events neither finish nor leave behind with the end of their turn (TU7). */
export function stillRunning(running: readonly Running[], events: readonly LoggedEvent[]): readonly Running[] {
  if (running.length === 0) return running;
  const over = new Set<unknown>();
  for (const { event } of events) {
    if (event.type === "message_said" || event.type === "thought_had") over.add(event.item);
    if (event.type === "turn_ended") over.add(event.turn);
  }
  const rest = running.filter(({ item }) => !over.has(item.id) && !over.has(item.turn));
  return rest.length === running.length ? running : rest;
}

/** A delta that comes after its item, or after its turn, belongs to nothing any more. */
export function isOver(items: readonly Item[], delta: Delta): boolean {
  return items.some(
    (item) =>
      (item.id === delta.item && (item.kind === "message" || item.kind === "thought")) ||
      (item.kind === "turn_end" && item.turn === delta.turn),
  );
}

function streaming(
  of: { turn: string; item: string; thought: boolean },
  text: string,
  at: number,
): MessageItem | ThoughtItem {
  const said = { text, bytes: text.length };
  const common = { id: of.item, turn: of.turn, at, text: said, streaming: true };
  return of.thought ? { kind: "thought", began: at, ...common } : { kind: "message", ...common };
}

function withText<T extends MessageItem | ThoughtItem>(item: T, text: string): T {
  return { ...item, text: { text, bytes: text.length } };
}
