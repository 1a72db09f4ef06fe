import { act, cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ADA, BEA, CHEN, welcome } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { turn, view } from "../../../dev/room";
import type { RoomView } from "../../gen/RoomView";
import { LockBanner } from "./lock-banner";

afterEach(cleanup);

const draw = (shown: RoomView) => renderRoom({ view: shown }, (room) => <LockBanner room={room} session="s1" />);

describe("the lock's clock", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("TU2 tells who drives, for how long and what the turn waits for", async () => {
    const since = Date.now() - 102_000;
    await draw(view(CHEN, {}, { turn: turn(BEA, { since, phase: "awaiting", waiting_on: ["votes", "votes"] }) }));
    expect(screen.getByText("Bea is driving")).toBeTruthy();
    expect(screen.getByRole("timer").textContent).toBe("1:42");
    expect(screen.getByText(/waiting for votes · Claude Code · sonnet$/)).toBeTruthy();
    act(() => {
      vi.advanceTimersByTime(20_000);
    });
    expect(screen.getByRole("timer").textContent).toBe("2:02");
  });
});

describe("the lock", () => {
  it("TU2 is not there while idle", async () => {
    await draw(view(ADA, { prompt_now: true }));
    expect(screen.queryByRole("region", { name: "Turn lock" })).toBeNull();
  });

  it("TU9 can be asked for once", async () => {
    const link = await draw(view(CHEN, { ask_to_drive: true }, { turn: turn(BEA) }));
    await userEvent.click(screen.getByRole("button", { name: "Ask to drive" }));
    expect(link.asked).toEqual([{ method: "ask_to_drive", params: { session: "s1" } }]);
    cleanup();
    await draw(view(CHEN, { ask_to_drive: true }, { turn: turn(BEA, { asked_to_drive: ["chen"] }) }));
    expect(screen.getByRole("button", { name: "You have asked" })).toHaveProperty("disabled", true);
  });

  it("TU9 is handed over to who may steer, those who asked first", async () => {
    const link = await draw(view(ADA, { hand_over: true }, { turn: turn(ADA, { asked_to_drive: ["chen"] }) }));
    expect(screen.getByText("Chen asked to drive")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Hand over to Chen" }));
    await userEvent.click(screen.getByRole("button", { name: "Hand over" }));
    const [first] = screen.getAllByRole("button", { name: /^(Bea|Chen|Dana)/ });
    expect(first?.textContent).toContain("Chen");
    expect(screen.queryByRole("button", { name: /Dana/ })).toBeNull();
    await userEvent.click(first as HTMLElement);
    const given = { method: "hand_over", params: { session: "s1", to: "chen" } };
    expect(link.asked).toEqual([given, given]);
  });

  it("offers nothing to press while the host is out of reach", async () => {
    const lost = { kind: "retrying" as const, until: Date.now() + 9_000, attempt: 1 };
    const shown = view(ADA, { take_lock: true, stop: true, ask_to_drive: true }, { turn: turn(BEA) });
    await renderRoom({ view: shown, link: [{ kind: "live", welcome: welcome(ADA) }, lost] }, (room) => (
      <LockBanner room={room} session="s1" />
    ));
    expect(screen.getByRole("button", { name: "Stop" })).toHaveProperty("disabled", false);
    await waitFor(() => expect(screen.getByRole("button", { name: "Stop" })).toHaveProperty("disabled", true));
    for (const name of ["Take over", "Ask to drive"])
      expect(screen.getByRole("button", { name })).toHaveProperty("disabled", true);
  });

  it("TU9 is taken over by the owner", async () => {
    const link = await draw(view(ADA, { take_lock: true }, { turn: turn(BEA) }));
    await userEvent.click(screen.getByRole("button", { name: "Take over" }));
    expect(link.asked).toEqual([{ method: "take_lock", params: { session: "s1" } }]);
  });

  it("TU5 offers Stop to who may and shows when it is under way", async () => {
    const link = await draw(view(ADA, { stop: true }, { turn: turn(BEA) }));
    await userEvent.click(screen.getByRole("button", { name: "Stop" }));
    expect(link.asked).toEqual([{ method: "stop_turn", params: { session: "s1" } }]);
    cleanup();
    await draw(view(ADA, { stop: true }, { turn: turn(BEA, { phase: "stopping" }) }));
    expect(screen.getByRole("button", { name: "Stopping" })).toHaveProperty("disabled", true);
    cleanup();
    await draw(view(CHEN, {}, { turn: turn(BEA) }));
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("TU2 names the author beside another driver", async () => {
    await draw(view(ADA, {}, { turn: turn(ADA, { author: "bea" }) }));
    expect(screen.getByText("You are driving")).toBeTruthy();
    expect(screen.getByText(/asked by Bea$/)).toBeTruthy();
  });
});
