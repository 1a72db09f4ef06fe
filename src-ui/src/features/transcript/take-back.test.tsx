import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { earlier, said } from "../../../dev/events";
import { ADA, BEA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import { NOW } from "../../../dev/scene";
import type { ParticipantView } from "../../gen/ParticipantView";
import { RowView } from "./row-view";
import { rowsOf } from "./rows";
import { OwnersSession } from "./take-back";

beforeEach(() => vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} disconnect() {} }));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const EVENTS = [...earlier(NOW), said("t1", 70, "The table is in.")];
const draw = (you: ParticipantView, refuses?: Parameters<typeof renderRoom>[0]["refuses"]) =>
  renderRoom({ view: view(you, {}), events: EVENTS, ...(refuses ? { refuses } : {}) }, (room) => (
    <OwnersSession value={you.owner ? "s1" : null}>
      {rowsOf(room.transcript.items).map((row) => (
        <RowView key={row.id} row={row} room={room} session="s1" card={() => null} />
      ))}
    </OwnersSession>
  ));
const menu = (what: string) => screen.getByRole("button", { name: `What to do about ${what}` });
const seqOf = (type: string) => EVENTS.findIndex(([, event]) => event.type === type) + 1;

describe("taking back", () => {
  it("LO11 takes back what an item said only after a question that tells what stays", async () => {
    const link = await draw(ADA);
    await userEvent.click(menu("a prompt"));
    await userEvent.click(screen.getByRole("button", { name: "Take back" }));
    expect(link.asked).toEqual([]);
    const dialog = within(screen.getByRole("dialog", { name: "Take back a prompt?" }));
    expect(dialog.getByText(/^It stays visible that something was said here, by whom, when/)).toBeTruthy();
    await userEvent.click(dialog.getByRole("button", { name: "Take back" }));
    expect(link.asked).toEqual([{ method: "redact", params: { session: "s1", seq: seqOf("turn_taken") } }]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("LO11 names the event of a message, a thought and a step that is unfolded", async () => {
    const link = await draw(ADA);
    for (const what of ["a message of the agent", "a thought of the agent", "a step of the agent"]) {
      await userEvent.click(menu(what));
      await userEvent.click(screen.getByRole("button", { name: "Take back" }));
      await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Take back" }));
    }
    const edit = EVENTS.findIndex(([, event]) => event.type === "tool_started" && event.item === "i3") + 1;
    const seqs = link.asked.map((asked) => asked.method === "redact" && asked.params.seq);
    expect(seqs).toEqual([seqOf("message_said"), seqOf("thought_had"), edit]);
  });

  it("tells why it can’t be done now", async () => {
    await draw(ADA, { code: "in_use", message: "Stop the turn first.", retry: "after_change" });
    await userEvent.click(menu("a prompt"));
    await userEvent.click(screen.getByRole("button", { name: "Take back" }));
    await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Take back" }));
    expect((await screen.findByRole("alert")).textContent).toMatch(/Stop the turn first/);
  });

  it("is the owner’s only", async () => {
    await draw(BEA);
    expect(screen.queryByRole("button", { name: /^What to do about/ })).toBeNull();
  });
});
