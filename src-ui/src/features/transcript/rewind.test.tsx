import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CHANGES, WORK } from "../../../dev/changes";
import { DIRECTORY } from "../../../dev/directory";
import { closed, joined, said, taken, type Said } from "../../../dev/events";
import { ADA, BEA, CHEN } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import type { ParticipantView } from "../../gen/ParticipantView";
import { dropToast, getToasts } from "../../state/toasts";
import { RowView } from "./row-view";
import { rowsOf } from "./rows";

beforeEach(() => vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} disconnect() {} }));
afterEach(() => {
  cleanup();
  for (const { id } of getToasts()) dropToast(id);
  vi.unstubAllGlobals();
});

const EVENTS: Said[] = [
  ...joined(),
  ...taken("t1", 62, "ada", "Do it"),
  said("t1", 40, "It is done."),
  closed("t1", 20, { kind: "completed" }),
  [19, { type: "turn_kept", turn: "t1", before: 4, after: 5, files: 3, added: 20, removed: 4 }],
];
const calm = { ...DIRECTORY, sessions: DIRECTORY.sessions.map((row) => ({ ...row, status: "idle" as const })) };
const replies = { work: WORK, rewind_preview: { ...CHANGES, files: CHANGES.files.slice(0, 2) }, restore_files: { kind: "taken_back", undo: 9 } } as const;

type Given = Partial<Parameters<typeof renderRoom>[0]>;
const draw = (you: ParticipantView, given: Given = {}) =>
  renderRoom({ view: view(you, {}), events: EVENTS, directory: calm, replies, ...given }, (room) =>
    rowsOf(room.transcript.items).map((row) => <RowView key={row.id} row={row} room={room} session="s1" card={() => null} />),
  );
const ask = async () => {
  await userEvent.click(screen.getByRole("button", { name: "Rewind" }));
  const dialog = within(screen.getByRole("dialog"));
  await dialog.findByText("2 files go back:");
  return dialog;
};

describe("what a turn did to the files", () => {
  it("CH8 stands below its end, and is taken back by nobody who may not approve", async () => {
    await draw(CHEN);
    expect(screen.getByText("3 files changed")).toBeTruthy();
    expect(screen.getByRole("button", { name: "View" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Rewind" })).toBeNull();
  });

  it("CH8 rewinds the conversation first, then the files, and offers the files back", async () => {
    const link = await draw(BEA);
    const dialog = await ask();
    expect(dialog.getByText("Ada, Chen and Dana can read in the transcript that you did this.")).toBeTruthy();
    await userEvent.click(dialog.getByRole("button", { name: "Rewind" }));
    const files = (checkpoint: number) => ({ method: "restore_files", params: { workspace: "w1", checkpoint } });
    const first = [{ method: "rewind_conversation", params: { session: "s1", turn: "t1" } }, files(4)];
    expect(link.asked).toEqual(first);
    expect(screen.queryByRole("dialog")).toBeNull();
    getToasts()[0]?.action?.run();
    await waitFor(() => expect(link.asked).toEqual([...first, files(9)]));
  });

  it("CH8 is reached from the prompt that began it, by whoever may approve", async () => {
    const link = await draw(BEA);
    await userEvent.click(screen.getByRole("button", { name: "What to do about a prompt" }));
    expect(screen.queryByRole("button", { name: "Take back" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Rewind to before this…" }));
    const dialog = within(screen.getByRole("dialog", { name: "Rewind to before this turn?" }));
    await dialog.findByText("2 files go back:");
    await userEvent.click(dialog.getByRole("button", { name: "Rewind" }));
    expect(link.asked[0]).toEqual({ method: "rewind_conversation", params: { session: "s1", turn: "t1" } });
    cleanup();
    await draw(CHEN);
    expect(screen.queryByRole("button", { name: "What to do about a prompt" })).toBeNull();
  });

  it("CH8 rewinds one of the two alone", async () => {
    const link = await draw(BEA);
    const dialog = await ask();
    await userEvent.click(dialog.getByRole("radio", { name: /^Conversation/ }));
    expect(dialog.queryByText("2 files go back:")).toBeNull();
    await userEvent.click(dialog.getByRole("button", { name: "Rewind" }));
    expect(link.asked.map(({ method }) => method)).toEqual(["rewind_conversation"]);
    await ask();
    await userEvent.click(screen.getByRole("radio", { name: /^Files Agents/ }));
    await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Rewind" }));
    expect(link.asked.map(({ method }) => method)).toEqual(["rewind_conversation", "restore_files"]);
  });

  it("CH8 waits while an agent works in the workspace, and says when files are not kept", async () => {
    await draw(BEA, { directory: DIRECTORY });
    const dialog = await ask();
    expect(dialog.getByText(/^An agent is at work in this workspace/)).toBeTruthy();
    expect(dialog.getByRole("button", { name: "Rewind" })).toHaveProperty("disabled", true);
    cleanup();
    await draw(BEA, { replies: { ...replies, work: { ...WORK, checkpoints: [] } } });
    await userEvent.click(screen.getByRole("button", { name: "Rewind" }));
    expect(await screen.findByText("The files of that moment are not kept.")).toBeTruthy();
    expect(screen.getByRole("radio", { name: /^Conversation/ })).toHaveProperty("checked", true);
  });

  it("CH8 says when the files of that moment are older than what is listed, and offers the conversation alone", async () => {
    const checkpoints = Array.from({ length: 500 }, (_, at) => ({ number: at + 40, commit: String(at).padStart(40, "b"), of: null }));
    const link = await draw(BEA, { replies: { ...replies, work: { ...WORK, checkpoints } } });
    await userEvent.click(screen.getByRole("button", { name: "Rewind" }));
    expect(await screen.findByText(/^The files of that moment are older than the newest 500 checkpoints/)).toBeTruthy();
    const choices = screen.getAllByRole<HTMLInputElement>("radio").map(({ checked, disabled }) => [checked, disabled]);
    expect(choices).toEqual([[false, true], [false, true], [true, false]]);
    await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Rewind" }));
    expect(link.asked.map(({ method }) => method)).toEqual(["rewind_conversation"]);
  });

  it("CH8 says what went wrong where the eye is", async () => {
    await draw(BEA, { refuses: { code: "turn_running", message: "An agent is at work.", retry: "after_change" } as never });
    const dialog = await ask();
    await userEvent.click(dialog.getByRole("button", { name: "Rewind" }));
    expect(dialog.getByText("An agent is at work.")).toBeTruthy();
  });

  it("CH8 shows turns that were taken back only when asked, without ways to go on there", async () => {
    const from = EVENTS.findIndex(([, { type }]) => type === "turn_taken") + 1;
    await draw(ADA, { events: [...EVENTS, [10, { type: "conversation_rewound", turn: "t1", from, by: "bea" }]] });
    expect(screen.getByText("1 turn was taken back by Bea")).toBeTruthy();
    expect(screen.queryByText("It is done.")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Show" }));
    expect(screen.getByText("It is done.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Rewind" })).toBeNull();
    expect(screen.queryByRole("button", { name: "What to do about a prompt" })).toBeNull();
  });
});
