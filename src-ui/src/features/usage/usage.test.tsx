import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { ADA, CHEN } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import { LIMITED, SPENT, SPENT_BY_ALL } from "../../../dev/spending";
import type { RoomView } from "../../gen/RoomView";
import { UsageButton } from "./usage-button";

afterEach(cleanup);

const show = async (shown: RoomView, more: Parameters<typeof renderRoom>[0]["replies"] = { usage: SPENT, host_usage: SPENT_BY_ALL }) => {
  const link = await renderRoom({ view: shown, replies: more }, (room) => (room.view ? <UsageButton view={room.view} /> : null));
  await userEvent.click(screen.getByRole("button", { name: /^Usage/ }));
  return link;
};

const rows = (title: string) =>
  within(screen.getByRole("table", { name: title }))
    .getAllByRole("row")
    .map((row) => [...row.children].map((cell) => cell.textContent).join(" "));

describe("what turns took", () => {
  it("AG7 is in the head, with how full the context is", async () => {
    await show(view(ADA, {}, { usage: { input_tokens: 36_100, output_tokens: 2_100, cost_micros: 410_000, context_used: 50_000, context_size: 200_000 } }));
    expect(screen.getByRole("button", { name: "Usage: 38.2k tokens · $0.41" })).toBeTruthy();
    expect(screen.getByRole("meter").getAttribute("aria-valuetext")).toBe("50k of 200k tokens of context in use");
  });

  it("AG7 shows no meter where the agent tells of no context", async () => {
    await show(view(ADA, {}));
    expect(screen.queryByRole("meter")).toBeNull();
  });

  it("AG7 is told by person, agent and tool, the dearest first", async () => {
    await show(view(ADA, {}));
    expect(rows("By person")).toEqual(["Who Turns Input Output Cost", "Bea 2 30k 2k $0.40", "You 1 6.1k 100 $0.01"]);
    expect(rows("By agent")).toEqual(["Agent Turns Input Output Cost", "Claude Code 2 30k 2k $0.40", "opencode 1 6.1k 100 $0.01"]);
    expect(rows("Tools")).toEqual(["Tool Calls Failed", "Run 7 2", "Read 4 0"]);
  });

  it("AG7 is for the owner of all sessions too, and for guests of theirs alone", async () => {
    await show(view(ADA, {}));
    await userEvent.click(screen.getByRole("button", { name: "All sessions" }));
    expect(rows("By session").length).toBe(3);
    cleanup();
    await show(view(CHEN, {}));
    expect(screen.queryByRole("button", { name: "All sessions" })).toBeNull();
  });

  it("AG7 tells a guest what is left, and what a spent share means", async () => {
    await show(view(CHEN, {}), { usage: LIMITED });
    expect(screen.getByText("You have used 210k of 200k tokens that the owner allows you here.")).toBeTruthy();
    expect(screen.getByText("Your next prompt is refused until the owner allows more.")).toBeTruthy();
  });
});
