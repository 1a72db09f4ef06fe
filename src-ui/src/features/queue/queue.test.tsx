import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { ADA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import { NOW } from "../../../dev/scene";
import type { May } from "../../gen/May";
import type { QueueItemView } from "../../gen/QueueItemView";
import { Queue } from "./queue";

afterEach(cleanup);

const item = (prompt: string, author: string, yours: boolean, more: Partial<QueueItemView> = {}): QueueItemView => ({
  prompt,
  author,
  driver: null,
  origin: { kind: "human" },
  body: { text: `text of ${prompt}` },
  state: { kind: "waiting" },
  at: NOW,
  yours,
  you_may_remove: yours,
  ...more,
});

const draw = (items: QueueItemView[], held = false, may: Partial<May> = {}) =>
  renderRoom({ view: view(ADA, may, { queue: { held, items } }) }, (room) => <Queue room={room} session="s1" />);

describe("the queue", () => {
  it("QU1 is seen by all; what is not yours has no buttons", async () => {
    await draw([item("q1", "bea", false), item("q2", "chen", false)]);
    expect(screen.getByText("2 queued")).toBeTruthy();
    expect(screen.getByText("Bea:")).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("QU1 lets you edit and remove what is yours", async () => {
    const link = await draw([item("q1", "ada", true)]);
    await userEvent.click(screen.getByRole("button", { name: "Edit" }));
    await userEvent.clear(screen.getByRole("textbox"));
    await userEvent.type(screen.getByRole("textbox"), "better{Enter}");
    await userEvent.click(await screen.findByRole("button", { name: "Remove from queue" }));
    expect(link.asked).toEqual([
      { method: "edit_prompt", params: { session: "s1", prompt: "q1", text: "better" } },
      { method: "withdraw_prompt", params: { session: "s1", prompt: "q1" } },
    ]);
  });

  it("QU1 lets the author of an accepted suggestion take it out, not change it", async () => {
    const link = await draw([item("q1", "ada", false, { driver: "bea", you_may_remove: true })]);
    expect(screen.queryByRole("button", { name: "Edit" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Remove from queue" }));
    expect(link.asked).toEqual([{ method: "withdraw_prompt", params: { session: "s1", prompt: "q1" } }]);
  });

  it("QU3 says that it is held and runs again on demand", async () => {
    const link = await draw([item("q1", "bea", false)], true, { release_queue: true });
    expect(screen.getByText("Held after the last turn did not end well")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Run queue" }));
    expect(link.asked).toEqual([{ method: "release_queue", params: { session: "s1" } }]);
  });

  it("QU5 says why one item waits", async () => {
    await draw([item("q1", "bea", false, { state: { kind: "held", reason: "author_muted" } })]);
    expect(screen.getByText("held: its author is muted")).toBeTruthy();
  });

  it("folds a long one", async () => {
    await draw(["1", "2", "3", "4", "5"].map((id) => item(id, "bea", false)));
    expect(screen.getAllByRole("listitem")).toHaveLength(3);
    await userEvent.click(screen.getByRole("button", { name: "Show 2 more" }));
    expect(screen.getAllByRole("listitem")).toHaveLength(5);
  });
});
