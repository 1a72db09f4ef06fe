import { cleanup, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MANY_AGENTS } from "../../../dev/agents";
import { ADA, BEA, CHEN } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { turn, view } from "../../../dev/room";
import type { RoomView } from "../../gen/RoomView";
import { getLayout, reloadLayout } from "../../state/layout";
import { inFront } from "../../state/layout/reduce";
import { reloadTaste } from "../../state/taste";
import { Composer } from "./composer";
import { slashMatches, slashToken, type SlashEntry } from "./slash";

beforeEach(() => {
  localStorage.clear();
  reloadTaste();
  reloadLayout();
});
afterEach(cleanup);

const COMMANDS = [
  { name: "review", about: "Review the changes" },
  { name: "compact", about: "Make the history shorter" },
];
const draw = (shown: RoomView, more: object = {}) => renderRoom({ view: shown, ...more }, (room) => <Composer room={room} session="s1" />);
const area = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" });
const names = () => screen.queryAllByRole("option").map((one) => one.querySelector("span")?.textContent);
const marked = () => screen.queryByRole("option", { selected: true })?.id;

const idle = view(ADA, { prompt_now: true, steer: true }, { commands: COMMANDS });

describe("the commands behind /", () => {
  it("WI15 are the agent's and the window's, each under its name", async () => {
    await draw(idle);
    await userEvent.type(area(), "/");
    expect(screen.getAllByRole("group").map((one) => one.getAttribute("aria-label"))).toEqual(["Commands of Claude Code", "Conclave"]);
    expect(names()).toEqual(["/review", "/compact", "/new", "/attach", "/find", "/mode", "/pause"]);
    expect(area().getAttribute("aria-activedescendant")).toBe(marked());
    expect(area().getAttribute("aria-controls")).toBe(screen.getByRole("listbox").id);
  });

  it("are chosen by arrows and written out, and Enter then sends them", async () => {
    const link = await draw(idle);
    await userEvent.type(area(), "/{ArrowDown}");
    expect(marked()).toMatch(/-1$/);
    await userEvent.keyboard("{Enter}");
    expect(area().value).toBe("/compact ");
    expect(screen.queryByRole("listbox")).toBeNull();
    await userEvent.keyboard("now{Enter}");
    expect(link.asked).toEqual([{ method: "prompt", params: { session: "s1", text: "/compact now", delivery: "now" } }]);
  });

  it("send at once what is written out by hand", async () => {
    const link = await draw(idle);
    await userEvent.type(area(), "/review{Enter}");
    expect(link.asked).toEqual([{ method: "prompt", params: { session: "s1", text: "/review", delivery: "now" } }]);
  });

  it("begin a session beside this one, with its agent", async () => {
    const link = await draw(idle, { replies: { open_session: { kind: "session", session: "s9" } } });
    await userEvent.type(area(), "/new{Enter}");
    const choice = { agent: "claude-code" };
    expect(link.asked).toEqual([{ method: "open_session", params: { workspace: "w1", choice, title: null } }]);
    await vi.waitFor(() => expect(inFront(getLayout())).toEqual({ kind: "chat", host: null, session: "s9" }));
    expect(area().value).toBe("");
  });

  it("go with Escape and come back with the next letter; a path is no command", async () => {
    const link = await draw(idle);
    await userEvent.type(area(), "/re{Escape}");
    expect(screen.queryByRole("listbox")).toBeNull();
    await userEvent.keyboard("v");
    expect(names()).toEqual(["/review"]);
    await userEvent.clear(area());
    await userEvent.type(area(), "/usr/lib is full{Enter}");
    expect(link.asked).toEqual([{ method: "prompt", params: { session: "s1", text: "/usr/lib is full", delivery: "now" } }]);
  });

  it("leave the keys to an input method", async () => {
    const link = await draw(idle);
    await userEvent.type(area(), "/rev");
    fireEvent.keyDown(area(), { key: "Enter", isComposing: true });
    fireEvent.keyDown(area(), { key: "Enter", keyCode: 229 });
    expect([area().value, link.asked]).toEqual(["/rev", []]);
  });

  it("GR10 offer those of the agent to its owner only, and to each what they may do", async () => {
    await draw(view(CHEN, { queue: true, ask_to_drive: true }, { commands: COMMANDS, turn: turn(BEA) }));
    await userEvent.type(area(), "/");
    expect(names()).toEqual(["/attach", "/find", "/drive"]);
  });

  it("put what begins with the letters first, within its group", () => {
    const of = (group: SlashEntry["group"], name: string): SlashEntry => ({ id: name, group, name, about: "" });
    const all = [of("agent", "pre-commit"), of("agent", "commit"), of("own", "com")];
    expect(slashMatches(all, "com").map(({ name }) => name)).toEqual(["com", "commit", "pre-commit"]);
    expect([slashToken("/"), slashToken("/A"), slashToken("/a b"), slashToken("a /b")]).toEqual(["", "a", null, null]);
  });
});

describe("the mode", () => {
  const agents = MANY_AGENTS.map((row) =>
    row.agent !== "claude-code"
      ? row
      : { ...row, ceilings: { default: "ask" as const, edits: "accept-edits" as const }, offers: { ...row.offers, modes: [{ id: "default", name: "Default" }, { id: "edits", name: "Accept edits" }] } },
  );

  it("AG9 goes on with Shift+Tab, as far as one may", async () => {
    const link = await draw(view(ADA, { prompt_now: true, steer: true }, { choice: { agent: "claude-code", mode: "default" } }), { agents });
    await userEvent.click(area());
    await userEvent.keyboard("{Shift>}{Tab}{/Shift}");
    expect(link.asked).toEqual([{ method: "choose_agent", params: { session: "s1", choice: { agent: "claude-code", mode: "edits" } } }]);
  });

  it("leaves Shift+Tab alone where there is no other", async () => {
    const link = await draw(view(CHEN, { queue: true }), { agents });
    await userEvent.click(area());
    await userEvent.keyboard("{Shift>}{Tab}{/Shift}");
    expect(link.asked).toEqual([]);
    expect(document.activeElement).not.toBe(area());
  });
});
