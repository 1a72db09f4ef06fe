import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { Button } from "./button";
import { Dialog } from "./dialog";

afterEach(cleanup);

it("WI37 shows which button of a question has focus, also when a pointer opened it", () => {
  render(
    <Dialog title="Delete it?" onClose={() => undefined}>
      <Button autoFocus>Keep</Button>
      <Button look="danger">Delete</Button>
    </Dialog>,
  );
  const keep = screen.getByRole("button", { name: "Keep", hidden: true });
  expect(document.activeElement).toBe(keep);
  expect(keep.hasAttribute("data-first")).toBe(true);
  expect(screen.getByRole("button", { name: "Delete", hidden: true }).hasAttribute("data-first")).toBe(false);
  const css = readFileSync(join(import.meta.dirname, "button.module.css"), "utf8");
  expect(css).toMatch(/\.button\[data-first\]:focus \{\s+outline: 2px solid/);
});
