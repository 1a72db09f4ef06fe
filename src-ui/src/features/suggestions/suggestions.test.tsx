import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { ADA, CHEN, DANA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { suggested, view } from "../../../dev/room";
import type { SuggestionView } from "../../gen/SuggestionView";
import type { May } from "../../gen/May";
import type { ParticipantView } from "../../gen/ParticipantView";
import { Suggestions } from "./suggestions";

afterEach(cleanup);

const yours = { you_may_edit: true, you_may_accept: true, you_may_drop: true };
const button = (name: string) => screen.getByRole("button", { name });
const one = { session: "s1", suggestion: "g1" };

function draw(you: ParticipantView, list: Partial<SuggestionView>[], may: Partial<May> = {}) {
  const suggestions = list.map((more, n) => suggested(`g${n + 1}`, more));
  return renderRoom({ view: view(you, may, { suggestions }) }, (room) => <Suggestions room={room} session="s1" />);
}

describe("a suggestion", () => {
  it("GR1 is accepted as it was read, at once while idle and into the queue else", async () => {
    const link = await draw(ADA, [{ ...yours, revision: 3 }], { prompt_now: true });
    expect(screen.getByText("Dana suggests")).toBeTruthy();
    await userEvent.click(button("Accept"));
    const params = { ...one, revision: 3, text: null };
    expect(link.asked).toEqual([{ method: "accept_suggestion", params: { ...params, delivery: "now" } }]);
    cleanup();
    const later = await draw(ADA, [{ ...yours, revision: 3 }], { queue: true });
    await userEvent.click(button("Accept into queue"));
    expect(later.asked).toEqual([{ method: "accept_suggestion", params: { ...params, delivery: "queue" } }]);
  });

  it("GR1 is changed and accepted in one go", async () => {
    const link = await draw(ADA, [yours], { prompt_now: true });
    await userEvent.click(button("Edit and accept"));
    await userEvent.clear(screen.getByLabelText("Text of the suggestion"));
    await userEvent.type(screen.getByLabelText("Text of the suggestion"), "Better words{Enter}");
    const params = { ...one, revision: 0, text: "Better words", delivery: "now" };
    expect(link.asked).toEqual([{ method: "accept_suggestion", params }]);
  });

  it("GR1 is dropped with a word or without", async () => {
    const link = await draw(ADA, [yours]);
    await userEvent.click(button("Drop"));
    await userEvent.type(screen.getByLabelText(/A word to its author/), "Not now.");
    await userEvent.click(button("Drop"));
    await userEvent.click(await screen.findByRole("button", { name: "Drop" }));
    await userEvent.click(button("Drop"));
    expect(link.asked).toEqual([
      { method: "drop_suggestion", params: { ...one, reason: "Not now." } },
      { method: "drop_suggestion", params: { ...one, reason: null } },
    ]);
  });

  it("GR1 is its author's to change and to take back, and waits", async () => {
    const link = await draw(DANA, [{ you_may_edit: true, you_may_drop: true }], { suggest: true });
    expect(screen.getByText("Your suggestion")).toBeTruthy();
    expect(screen.getByText("Waits for somebody who steers")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Accept/ })).toBeNull();
    await userEvent.click(button("Edit"));
    await userEvent.type(screen.getByLabelText("Text of the suggestion"), ", please{Enter}");
    await userEvent.click(await screen.findByRole("button", { name: "Take back" }));
    expect(link.asked).toEqual([
      { method: "edit_suggestion", params: { ...one, text: "Look at the cache, please" } },
      { method: "drop_suggestion", params: { ...one, reason: null } },
    ]);
  });

  it("QU5 says that it is held, and gives nothing to press to who only watches", async () => {
    await draw(CHEN, [{ held: true, edited_by: "ada" }]);
    expect(screen.getByText("held: its author is muted")).toBeTruthy();
    expect(screen.getByText("changed by Ada")).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("shows the oldest and folds the rest", async () => {
    await draw(ADA, [yours, yours, yours, yours]);
    expect(screen.getByText("4 suggestions")).toBeTruthy();
    expect(screen.getAllByRole("listitem")).toHaveLength(1);
    await userEvent.click(button("Show 3 more"));
    expect(screen.getAllByRole("listitem")).toHaveLength(4);
  });
});
