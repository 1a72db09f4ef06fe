import { afterEach, expect, it } from "vitest";
import type { TerminalRow } from "../gen/TerminalRow";
import { TerminalNumbers } from "./terminal-numbers";

afterEach(() => localStorage.clear());

const row = (terminal: string, opened_at: number, is_setup = false): TerminalRow =>
  ({ terminal, workspace: "w1", opened_by: "ada", name: "Ada", opened_at, size: { columns: 80, rows: 24 }, is_setup });

it("TE9 numbers the terminals of a workspace from 1, and a number stays while its terminal is there", () => {
  const numbers = new TerminalNumbers();
  numbers.learn("w1", [row("b", 2), row("a", 1), row("s", 0, true)]);
  numbers.learn("w2", [row("x", 1)]);
  expect(numbers.all.get()).toEqual({ w1: { a: 1, b: 2 }, w2: { x: 1 } });
  numbers.learn("w1", [row("b", 2)]);
  expect(new TerminalNumbers().all.get()["w1"]).toEqual({ b: 2 });
  numbers.learn("w1", [row("c", 3), row("b", 2), row("d", 4)]);
  expect(numbers.all.get()["w1"]).toEqual({ b: 2, c: 1, d: 3 });
  numbers.learn("w1", []);
  expect(numbers.all.get()).toEqual({ w2: { x: 1 } });
});
