import type { TerminalRow } from "../gen/TerminalRow";
import { Cell } from "./cell";
import { keepJson, recallJson } from "./kept";
import { useCell } from "./use-cell";

const KEY = "conclave.terminal-numbers";

/** Each terminal's number by its workspace, then by its id. */
type Numbers = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Numbers of terminals within their workspaces: given once, kept as long as they are there, also over a reload. */
export class TerminalNumbers {
  readonly all = new Cell<Numbers>(recallJson(KEY, isNumbers) ?? {});

  /** All that a workspace has now. */
  learn(workspace: string, rows: readonly TerminalRow[]): void {
    const { [workspace]: before = {}, ...others } = this.all.get();
    const shells = rows.filter(({ is_setup }) => !is_setup);
    const now: Record<string, number> = {};
    for (const { terminal } of shells) if (before[terminal] !== undefined) now[terminal] = before[terminal];
    for (const { terminal } of shells.toSorted((a, b) => a.opened_at - b.opened_at)) now[terminal] ??= lowestFree(Object.values(now));
    if (sameNumbers(before, now)) return;
    this.all.set(shells.length > 0 ? { ...others, [workspace]: now } : others);
    keepJson(KEY, this.all.get());
  }
}

function lowestFree(taken: readonly number[]): number {
  let n = 1;
  while (taken.includes(n)) n += 1;
  return n;
}

function sameNumbers(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

function isNumbers(value: unknown): value is Numbers {
  const isRecord = (one: unknown): one is Record<string, unknown> => typeof one === "object" && one !== null && !Array.isArray(one);
  return isRecord(value) && Object.values(value).every((one) => isRecord(one) && Object.values(one).every(Number.isInteger));
}

const numbers = new TerminalNumbers();

export function learnTerminals(workspace: string, rows: readonly TerminalRow[]): void {
  numbers.learn(workspace, rows);
}

/** Its number as words want it; nothing before its host has told of it. */
export function useTerminalNumbers(): (workspace: string, terminal: string) => string {
  const all = useCell(numbers.all);
  return (workspace, terminal) => {
    const number = all[workspace]?.[terminal];
    return number === undefined ? "" : ` ${number}`;
  };
}
