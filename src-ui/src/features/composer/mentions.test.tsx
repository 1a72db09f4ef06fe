import { cleanup, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ADA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import { reloadTaste } from "../../state/taste";
import { Composer } from "./composer";
import { mentionAt, mentioned } from "./mention";

beforeEach(() => {
  localStorage.clear();
  reloadTaste();
});
afterEach(cleanup);

const idle = view(ADA, { prompt_now: true, steer: true });
const draw = (paths: string[]) =>
  renderRoom({ view: idle, replies: { find_files: { kind: "files", paths, more: false } } }, (room) => <Composer room={room} session="s1" />);
const area = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" });

describe("the files behind @", () => {
  it("WI15 are the host's for the word at the caret, and the chosen one stands in its place", async () => {
    const link = await draw(["src/greet.js", "src/greeting/index.js"]);
    await userEvent.type(area(), "Look at @gre");
    const list = await screen.findByRole("listbox", { name: "Files of this workspace" });
    expect(link.asked.at(-1)).toEqual({ method: "find_files", params: { workspace: "w1", query: "gre", limit: 12 } });
    expect(area().getAttribute("aria-controls")).toBe(list.id);
    await userEvent.keyboard("{ArrowDown}");
    expect(area().getAttribute("aria-activedescendant")).toBe(screen.getByRole("option", { selected: true }).id);
    await userEvent.keyboard("{Enter}");
    expect(area().value).toBe("Look at @src/greeting/index.js ");
    expect(screen.queryByRole("listbox")).toBeNull();
  });

  it("go away with Escape, and Enter sends what is written", async () => {
    const link = await draw(["src/greet.js"]);
    await userEvent.type(area(), "@gr");
    await screen.findByRole("listbox");
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("listbox")).toBeNull();
    await userEvent.keyboard("{Enter}");
    expect(link.asked.at(-1)).toEqual({ method: "prompt", params: { session: "s1", text: "@gr", delivery: "now" } });
  });

  it("leave the keys to an input method while it composes", async () => {
    await draw(["src/greet.js"]);
    await userEvent.type(area(), "@gr");
    await screen.findByRole("listbox");
    fireEvent.keyDown(area(), { key: "Enter", keyCode: 229 });
    expect(area().value).toBe("@gr");
  });

  it("are not offered where nothing fits", async () => {
    const link = await draw([]);
    await userEvent.type(area(), "@zzz");
    await expect.poll(() => link.asked.at(-1)).toEqual({ method: "find_files", params: { workspace: "w1", query: "zzz", limit: 12 } });
    expect(screen.queryByRole("listbox")).toBeNull();
  });
});

describe("a mention", () => {
  it.each([
    ["@", 1, { query: "", from: 0, to: 1 }],
    ["see @src/a", 10, { query: "src/a", from: 4, to: 10 }],
    ["(@a)", 3, { query: "a)", from: 1, to: 4 }],
    ["@abc", 2, { query: "abc", from: 0, to: 4 }],
  ])("is in %j at %i", (text, caret, found) => expect(mentionAt(text, caret)).toEqual(found));

  it.each([
    ["ada@example.org", 15],
    ["@a b", 4],
    ["nothing", 7],
  ])("is none in %j at %i", (text, caret) => expect(mentionAt(text, caret)).toBeNull());

  it("is followed by one space", () => {
    expect(mentioned("see @a now", { query: "a", from: 4, to: 6 }, "src/a.ts")).toEqual({ text: "see @src/a.ts now", caret: 14 });
    expect(mentioned("@a", { query: "a", from: 0, to: 2 }, "b")).toEqual({ text: "@b ", caret: 3 });
  });
});
