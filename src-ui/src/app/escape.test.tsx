import { act, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { CannedLink } from "../../dev/canned-link";
import { ADA, BEA } from "../../dev/people";
import { renderOver } from "../../dev/render";
import { snapshot, turn, view } from "../../dev/room";
import type { Scene } from "../../dev/scene";
import { SCENES } from "../../dev/scenes";
import { beginAnew } from "../../dev/whole-window";
import { findIn } from "../state/finding";
import { openSession } from "../state/open-session";
import { forgetStop, stopKey } from "../state/stopping";
import { HandClock } from "../state/testing/hand-clock";
import { App } from "./app";

beginAnew();

const AGAIN = "Press Escape again to stop";

async function open(stop: boolean) {
  const shown = view(ADA, { stop, queue: true }, { turn: turn(BEA) });
  const link = new CannedLink({ ...(SCENES["idle"] as Scene), snapshot: snapshot(shown, []) });
  const clock = new HandClock();
  openSession("s1");
  await renderOver(link, <App />, clock);
  const area = document.querySelector<HTMLElement>("[data-composer]");
  if (!area) throw new Error("there is nothing to write in");
  area.focus();
  return { link, clock, area };
}
const stops = ({ asked }: CannedLink) => asked.filter(({ method }) => method === "stop_turn").length;

describe("Escape", () => {
  it("WI42 says first that once more stops the turn, and forgets it after two seconds", async () => {
    const { link, clock } = await open(true);
    await userEvent.keyboard("{Escape}");
    expect(screen.getAllByText(AGAIN)).toHaveLength(2);
    act(() => clock.pass(2_000));
    expect(screen.queryByText(AGAIN)).toBeNull();
    await userEvent.keyboard("{Escape}");
    expect(stops(link)).toBe(0);
    await userEvent.keyboard("{Escape}");
    expect(stops(link)).toBe(1);
    expect(screen.queryByText(AGAIN)).toBeNull();
  });

  it("WI42 stops no turn but the one that was asked about, whatever ends elsewhere", async () => {
    const { link, clock } = await open(true);
    const next = view(ADA, { stop: true, queue: true }, { turn: turn(BEA, { turn: "t2" }) });
    await userEvent.keyboard("{Escape}");
    act(() => link.tell({ method: "view", params: { stream: "session:s1", seq: 0, view: next } } as never));
    expect(screen.queryByText(AGAIN)).toBeNull();
    await userEvent.keyboard("{Escape}");
    expect(stops(link)).toBe(0);
    forgetStop(stopKey("s2", "t2"));
    expect(screen.getAllByText(AGAIN)).toHaveLength(2);
    act(() => clock.pass(1_000));
    await userEvent.keyboard("{Escape}");
    expect(stops(link)).toBe(1);
  });

  it("WI42 closes what lies on top first, and stops nothing for who may not", async () => {
    const { link, area } = await open(true);
    await userEvent.type(area, "/");
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("listbox")).toBeNull();
    act(() => findIn("s1"));
    area.focus();
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("search")).toBeNull();
    expect(screen.queryByText(AGAIN)).toBeNull();
    await userEvent.keyboard("{Escape}");
    expect(screen.getAllByText(AGAIN)).toHaveLength(2);
    expect(stops(link)).toBe(0);
  });

  it("WI42 is nobody’s who may not stop, not a terminal’s, an input method’s or one that is held down", async () => {
    const { area } = await open(true);
    fireEvent.keyDown(area, { key: "Escape", isComposing: true });
    fireEvent.keyDown(area, { key: "Escape", keyCode: 229 });
    fireEvent.keyDown(area, { key: "Escape", repeat: true });
    area.closest("form")?.setAttribute("data-terminal", "");
    fireEvent.keyDown(area, { key: "Escape" });
    expect(screen.queryByText(AGAIN)).toBeNull();
  });

  it("WI42 does nothing where one may not stop", async () => {
    const { link } = await open(false);
    await userEvent.keyboard("{Escape}{Escape}");
    expect(screen.queryByText(AGAIN)).toBeNull();
    expect(stops(link)).toBe(0);
  });
});
