import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
// Loaded before it is looked for.
import "../features/changes/changes-page";
import "../features/files/files-page";
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
    await userEvent.keyboard("{Control>}f{/Control}");
    expect(screen.getByRole("search", { name: "Find in these changes" })).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("search", { name: "Find in these changes" })).toBeNull();
    act(() => setDraft("w1.reading", "Cargo.toml"));
    await show("files");
    await screen.findByRole("region", { name: "Cargo.toml" });
    await userEvent.keyboard("{Control>}f{/Control}");
    expect(screen.getByRole("search", { name: "Find in this file" })).toBeTruthy();
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
