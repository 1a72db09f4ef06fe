import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { closed, joined, said, taken, type Said } from "../../../dev/events";
import { ADA, DANA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import type { RoomView } from "../../gen/RoomView";
import type { TurnOutcome } from "../../gen/TurnOutcome";
import { TurnEndRow } from "./turn-end-row";

afterEach(cleanup);

function draw(shown: RoomView, outcome: TurnOutcome) {
  const events = [...joined(), ...taken("t1", 62, "ada", "Do it"), closed("t1", 20, outcome)];
  return renderRoom({ view: shown, events }, (room) =>
    room.transcript.items.map(
      (item) => item.kind === "turn_end" && <TurnEndRow key={item.id} item={item} room={room} session="s1" />,
    ),
  );
}

describe("the end of a turn", () => {
  it("AG7 says how it ended, how long it took and what it used", async () => {
    await draw(view(ADA, {}), { kind: "completed" });
    expect(screen.getByText("Done")).toBeTruthy();
    expect(screen.getByText("42 s · 13.1k tokens · $0.02")).toBeTruthy();
  });

  it("TU8 resumes an interrupted turn with one click", async () => {
    const link = await draw(view(ADA, { prompt_now: true }, { interrupted: true }), { kind: "interrupted" });
    await userEvent.click(screen.getByRole("button", { name: "Resume" }));
    const params = { session: "s1", text: "Go on where you were interrupted.", delivery: "now" };
    expect(link.asked).toEqual([{ method: "prompt", params }]);
  });

  it("TU8 offers it neither to observers nor once something ran since", async () => {
    await draw(view(DANA, {}, { interrupted: true }), { kind: "interrupted" });
    expect(screen.queryByRole("button", { name: "Resume" })).toBeNull();
    cleanup();
    await draw(view(ADA, { prompt_now: true }, { interrupted: false }), { kind: "interrupted" });
    expect(screen.queryByRole("button", { name: "Resume" })).toBeNull();
  });

  it("LO11 copies an answer whole, and gets first what is not here", async () => {
    const writeText = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    const text = { text: "The begin", blob: "cd".repeat(32), bytes: 40_000 };
    const cut: Said = [30, { type: "message_said", turn: "t1", item: "m2", text }];
    const events: Said[] = [...joined(), ...taken("t1", 62, "ada", "Do it"), said("t1", 40, "First."), cut, closed("t1", 20, { kind: "completed" })];
    const replies = { blob: { kind: "blob", hash: "cd".repeat(32), text: "The beginning and the end.", truncated: false } } as const;
    const link = await renderRoom({ view: view(ADA, {}), events, replies }, (room) =>
      room.transcript.items.map((item) => item.kind === "turn_end" && <TurnEndRow key={item.id} item={item} room={room} session="s1" />),
    );
    await userEvent.click(screen.getByRole("button", { name: "Copy the answer" }));
    expect(link.asked).toEqual([{ method: "blob", params: { session: "s1", hash: "cd".repeat(32) } }]);
    expect(writeText).toHaveBeenLastCalledWith("First.\n\nThe beginning and the end.");
  });

  it("says why a turn failed", async () => {
    await draw(view(ADA, {}), { kind: "failed", reason: "The agent’s program ended.", detail: "heap limit" });
    expect(screen.getByText("The agent’s program ended.")).toBeTruthy();
    expect(screen.getByText("heap limit")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Try again" }), "another one ran since").toBeNull();
  });

  it("TU12 tries the last turn again if it failed", async () => {
    const link = await draw(view(ADA, { retry: "t1" }), { kind: "failed", reason: "It did not start.", detail: "" });
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(link.asked).toEqual([{ method: "retry_turn", params: { session: "s1", turn: "t1" } }]);
  });
});
