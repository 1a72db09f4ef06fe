import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { closed, earlier } from "../../../dev/events";
import { ADA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { suggested, turn, view } from "../../../dev/room";
import { NOW } from "../../../dev/scene";
import type { Room } from "../../replica/types";
import { WaitingCard } from "./waiting-card";
import { waitsIn, type Wait } from "./waits";

afterEach(cleanup);

const failed = [...earlier(NOW), closed("t1", 5, { kind: "failed", reason: "The model was overloaded.", detail: "" })];

async function waits(shown: ReturnType<typeof view>, unread: boolean): Promise<readonly Wait[]> {
  let found: readonly Wait[] = [];
  await renderRoom({ view: shown, events: failed }, (room: Room) => {
    found = waitsIn(room, unread);
    return null;
  });
  cleanup();
  return found;
}

describe("what waits in a room", () => {
  it("TU12 WI18 is a turn that failed unseen, with a way to try it again", async () => {
    const again = view(ADA, { prompt_now: true, retry: "t1" });
    expect(await waits(again, false)).toEqual([]);
    const [wait] = await waits(again, true);
    expect(wait).toMatchObject({ kind: "failed", reason: "The model was overloaded.", retry: "t1" });
    const link = await renderRoom({ view: again, events: failed }, (room) => wait && <WaitingCard room={room} session="s1" wait={wait} />);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(link.asked).toEqual([{ method: "retry_turn", params: { session: "s1", turn: "t1" } }]);
    cleanup();
    expect(await waits(view(ADA, { prompt_now: true }), true)).toMatchObject([{ kind: "failed", retry: null }]);
  });

  it("WI18 is not what only others may settle, nor what is held", async () => {
    const held = suggested("g1", { you_may_accept: true, held: true });
    const theirs = { permission: "p1", turn: "t1", request: { tool: "bash", kind: "execute" as const, title: "Run", directory: ".", diffs: [] }, opened_at: NOW, you_may: false };
    expect(await waits(view(ADA, {}, { turn: turn(ADA), suggestions: [held], permissions: [theirs] }), false)).toEqual([]);
  });
});
