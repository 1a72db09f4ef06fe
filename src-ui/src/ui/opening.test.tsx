import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { Dialog } from "./dialog";
import { Sheet } from "./sheet";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const inside = (
  <>
    <button>First</button>
    <input autoFocus />
  </>
);

it.each([
  ["dialog", <Dialog title="Here" onClose={() => undefined}>{inside}</Dialog>],
  ["sheet", <Sheet label="Here" side="left" onClose={() => undefined}>{inside}</Sheet>],
])("WI37 a %s is open before what is in it takes focus", (_, one) => {
  const opened = vi.spyOn(HTMLDialogElement.prototype, "showModal");
  const focused = vi.spyOn(HTMLInputElement.prototype, "focus");
  render(one);
  expect(opened.mock.invocationCallOrder[0]).toBeLessThan(focused.mock.invocationCallOrder[0] ?? 0);
  expect(document.activeElement).toBe(screen.getByRole("textbox"));
});
