import { act, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
// Loaded before it is looked for.
import "../features/changes/changes-page";
import "../features/files/files-page";
import { CHANGES } from "../../dev/changes";
import { SCENES } from "../../dev/scenes";
import { beginAnew, openWindow } from "../../dev/whole-window";
import { setDraft } from "../state/taste";
import { findIn } from "../state/finding";
import { actOnLayout } from "../state/layout";

beginAnew();
afterEach(() => act(() => findIn(null)));

const show = (kind: "changes" | "files") => act(async () => actOnLayout({ type: "open", tab: { kind, host: null, workspace: "w1" } }));

describe("the key that finds words", () => {
  it("WI39 finds them in the shown change, and in the shown file", async () => {
    await openWindow("idle");
    await show("changes");
    await screen.findByText("7 files changed");
    await userEvent.click(screen.getAllByRole("button", { name: /store\.rs/ })[0] as HTMLElement);
    await userEvent.keyboard("{Control>}f{/Control}");
    expect(screen.getByRole("search", { name: "Find in these changes" })).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("search", { name: "Find in these changes" })).toBeNull();
    act(() => setDraft("w1.reading", "README.md"));
    await show("files");
    await screen.findByRole("group", { name: "Text of README.md" });
    await userEvent.keyboard("{Control>}f{/Control}");
    expect(screen.getByRole("search", { name: "Find in this file" })).toBeTruthy();
  });

  it("WI39 is the browser’s own where there is nothing to look through: no file, a drawing", async () => {
    const press = () => fireEvent.keyDown(document.body, { key: "f", code: "KeyF", ctrlKey: true });
    await openWindow("idle", { replies: { ...SCENES["idle"]?.replies, changes: { ...CHANGES, files: [] } } });
    await show("files");
    await screen.findByText("Choose a file to read it.");
    // True: nobody took it.
    expect(press()).toBe(true);
    act(() => setDraft("w1.reading", "docs/mark.svg"));
    await screen.findByRole("group", { name: "Text of docs/mark.svg" });
    expect(press()).toBe(false);
    expect(screen.getByRole("search", { name: "Find in this file" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Show as a picture" }));
    expect(screen.queryByRole("search", { name: "Find in this file" })).toBeNull();
    expect(press()).toBe(true);
    await userEvent.click(screen.getByRole("button", { name: "Show as a picture" }));
    expect(screen.queryByRole("search", { name: "Find in this file" })).toBeNull();
    await show("changes");
    await screen.findByText("Nothing waits to be approved");
    expect(press()).toBe(true);
  });

  it("WI39 is forgotten with what was looked through", async () => {
    await openWindow("idle");
    act(() => setDraft("w1.reading", "README.md"));
    await show("files");
    await screen.findByRole("group", { name: "Text of README.md" });
    await userEvent.keyboard("{Control>}f{/Control}");
    act(() => setDraft("w1.reading", ""));
    act(() => setDraft("w1.reading", "README.md"));
    await screen.findByRole("group", { name: "Text of README.md" });
    expect(screen.queryByRole("search", { name: "Find in this file" })).toBeNull();
  });

  it("WI39 is the browser’s own while a file is written", async () => {
    await openWindow("idle");
    act(() => {
      setDraft("w1.reading", "Cargo.toml");
      setDraft("w1.file.Cargo.toml", JSON.stringify({ text: "[package]", was: null, crlf: false, mine: null }));
    });
    await show("files");
    await screen.findByRole("textbox", { name: "Text of Cargo.toml" });
    await userEvent.keyboard("{Control>}f{/Control}");
    expect(screen.queryByRole("search", { name: "Find in this file" })).toBeNull();
  });
});
