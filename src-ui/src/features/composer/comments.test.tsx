import { act, cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COMMENTS } from "../../../dev/comments";
import { ADA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { turn, view } from "../../../dev/room";
import { commentBlock } from "../../state/comment-words";
import { getDraft, reloadTaste, setDraft } from "../../state/taste";
import { getToasts } from "../../state/toasts";
import { Composer } from "./composer";

beforeEach(() => {
  localStorage.clear();
  reloadTaste();
  setDraft("w1.comments", JSON.stringify(COMMENTS));
});
afterEach(cleanup);

const idle = view(ADA, { prompt_now: true, steer: true });
const draw = (shown = idle, more: object = {}) => renderRoom({ view: shown, ...more }, (room) => <Composer room={room} session="s1" />);
const chip = () => screen.queryByRole("button", { name: "3 comments on changes" });
const prompt = (text: string) => ({ method: "prompt", params: { session: "s1", text, delivery: "now" } });
const BLOCK = commentBlock(COMMENTS);

describe("comments on changes beside a message", () => {
  it("CH4 go out behind the text, once", async () => {
    const link = await draw();
    await userEvent.type(screen.getByLabelText("Message"), "Mend this{Enter}");
    expect(link.asked).toEqual([prompt(`Mend this\n\n${BLOCK}`)]);
    await waitFor(() => expect(chip()).toBeNull());
    expect(getDraft("w1.comments")).toBe("");
  });

  it("CH4 go out alone", async () => {
    const link = await draw();
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    expect(link.asked).toEqual([prompt(BLOCK)]);
  });

  it("CH4 stay when they are left out of one message, and go along with the next", async () => {
    const link = await draw();
    await userEvent.click(screen.getByRole("button", { name: "Leave the comments out of this message" }));
    expect(screen.getByText("3 comments on changes stay here")).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Message"), "First{Enter}");
    expect(link.asked).toEqual([prompt("First")]);
    await waitFor(() => expect(chip()).toBeTruthy());
  });

  it("CH4 are kept when the host refuses the message", async () => {
    await draw(idle, { refuses: { code: "storage", message: "The host could not write to its disk.", retry: { kind: "after", ms: 0 } } });
    await userEvent.type(screen.getByLabelText("Message"), "Mend this{Enter}");
    await waitFor(() => expect(getToasts().at(-1)?.message).toContain("could not write"));
    expect(screen.getByLabelText("Message")).toHaveProperty("value", "Mend this");
    expect(chip()).toBeTruthy();
  });

  it("CH4 one that was changed on the way stays", async () => {
    await draw();
    await userEvent.type(screen.getByLabelText("Message"), "Mend this");
    const changed = COMMENTS.map((one) => (one.id === "c2" ? { ...one, text: "Something else." } : one));
    await act(async () => {
      screen.getByRole("button", { name: "Send" }).click();
      setDraft("w1.comments", JSON.stringify(changed));
    });
    await waitFor(() => expect(JSON.parse(getDraft("w1.comments"))).toEqual([changed[1]]));
  });

  it("CH4 leave the way to stop one’s own turn", async () => {
    const link = await draw(view(ADA, { queue: true, stop: true, steer: true }, { turn: turn(ADA) }));
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Queue" }).disabled).toBe(false);
    await userEvent.click(screen.getByRole("button", { name: "Stop" }));
    expect(link.asked).toEqual([{ method: "stop_turn", params: { session: "s1" } }]);
  });
});
