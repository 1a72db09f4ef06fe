import type { Ceiling } from "../gen/Ceiling";
import type { Origin } from "../gen/Origin";
import type { PromptBody } from "../gen/PromptBody";
import type { PromptImage } from "../gen/PromptImage";
import type { Item, Person } from "./types";

/** A prompt that waits in the queue: shown in the transcript only when its turn comes. */
export type WaitingPrompt = { author: string; origin: Origin; text: string; images: readonly PromptImage[]; seq: number };

/** What a run of events amounts to. Never changed in place: `fold` works on a copy. */
export type Folded = {
  readonly items: readonly Item[];
  readonly people: Readonly<Record<string, Person>>;
  /** What each one's turns may do unasked, as the log last said (GR5). */
  readonly ceilings: Readonly<Record<string, Ceiling>>;
  readonly waiting: Readonly<Record<string, WaitingPrompt>>;
  /** Turn → when it began, of turns that have not ended. */
  readonly turns: Readonly<Record<string, number>>;
};

export type Draft = {
  /** Of the event that is folded now. */
  seq: number;
  items: Item[];
  people: Record<string, Person>;
  ceilings: Record<string, Ceiling>;
  waiting: Record<string, WaitingPrompt>;
  turns: Record<string, number>;
};

export const nothing: Folded = { items: [], people: {}, ceilings: {}, waiting: {}, turns: {} };

/** The items are shared, only the list of them is new. */
export function draftOf(folded: Folded): Draft {
  return {
    seq: 0,
    items: folded.items.slice(),
    people: { ...folded.people },
    ceilings: { ...folded.ceilings },
    waiting: { ...folded.waiting },
    turns: { ...folded.turns },
  };
}

/** What people see of a prompt. */
export const shown = ({ text, images }: PromptBody): { text: string; images: readonly PromptImage[] } => ({
  text,
  images: images ?? [],
});

type OfKind<K extends Item["kind"]> = Extract<Item, { kind: K }>;

/** From the end, because what an event speaks of is nearly always near. */
export function positionOf(items: readonly Item[], kind: Item["kind"], id: string): number {
  return items.findLastIndex((item) => item.kind === kind && item.id === id);
}

/** Changes one item if it is loaded; otherwise its page, once loaded, is folded with this event again. */
export function change<K extends Item["kind"]>(
  draft: Draft,
  kind: K,
  id: string,
  how: (item: OfKind<K>) => OfKind<K>,
): boolean {
  const position = positionOf(draft.items, kind, id);
  if (position < 0) return false;
  draft.items[position] = how(draft.items[position] as OfKind<K>);
  return true;
}

/** As `change`, for what can only be in the turn that runs: the search ends where the turn before it did. */
export function changeInTurn<K extends Item["kind"]>(
  draft: Draft,
  kind: K,
  id: string,
  how: (item: OfKind<K>) => OfKind<K>,
): boolean {
  for (let i = draft.items.length - 1; i >= 0; i--) {
    const item = draft.items[i];
    if (item?.kind === "turn_end") return false;
    if (item?.kind !== kind || item.id !== id) continue;
    draft.items[i] = how(item as OfKind<K>);
    return true;
  }
  return false;
}

/** Adds an item, or takes the place of the one with its id in this turn. */
export function put(draft: Draft, item: Item): void {
  const placed = { seq: draft.seq, ...item };
  if (!changeInTurn(draft, item.kind, item.id, () => placed)) draft.items.push(placed);
}
