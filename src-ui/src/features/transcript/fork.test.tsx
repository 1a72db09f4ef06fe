import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WORK } from "../../../dev/changes";
import { archived, DIRECTORY } from "../../../dev/directory";
import { closed, joined, said, taken, type Said } from "../../../dev/events";
import { failure } from "../../../dev/files";
import { ADA, BEA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import type { ParticipantView } from "../../gen/ParticipantView";
import type { Reply } from "../../gen/Reply";
import { getLayout, reloadLayout } from "../../state/layout";
import { panesOf } from "../../state/layout/model";
import { RowView } from "./row-view";
import { rowsOf } from "./rows";

beforeEach(() => {
  localStorage.clear();
  reloadLayout();
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} disconnect() {} });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const EVENTS: Said[] = [...joined(), ...taken("t1", 62, "ada", "Do it"), said("t1", 40, "It is done."), closed("t1", 20, { kind: "completed" })];
const FORKED: Reply = { kind: "session", session: "s9", workspace: "w1" };
const replies = { work: WORK, fork_workspace: { kind: "workspace", workspace: "w9" }, fork_session: FORKED } as const;

type Given = Partial<Parameters<typeof renderRoom>[0]>;
const draw = (you: ParticipantView, given: Given = {}) =>
  renderRoom({ view: view(you, {}), events: EVENTS, directory: DIRECTORY, replies, ...given }, (room) =>
    rowsOf(room.transcript.items).map((row) => <RowView key={row.id} row={row} room={room} session="s1" card={() => null} />),
  );
const dialog = () => within(screen.getByRole("dialog"));
const radio = (name: RegExp) => dialog().getByRole<HTMLInputElement>("radio", { name });
const press = (name: string) => userEvent.click(dialog().getByRole("button", { name }));
async function ask() {
  await userEvent.click(screen.getByRole("button", { name: "What to do about a prompt" }));
  await userEvent.click(screen.getByRole("button", { name: "Fork from here…" }));
}
const active = () => panesOf(getLayout())[0]?.active;
const inside = { method: "fork_session", params: { session: "s1", before: "t1", title: "Split the session store", workspace: "w9" } };

describe("forking from a prompt", () => {
  it("WS24 begins a session beside this one with the turns before, under a title that is proposed, and opens it", async () => {
    const link = await draw(ADA);
    await ask();
    expect(radio(/^In this workspace auth-refactor/).checked).toBe(true);
    const title = dialog().getByRole("textbox", { name: "Title of the session" });
    expect(document.activeElement).toBe(title);
    await userEvent.clear(title);
    expect(dialog().getByRole("button", { name: "Fork it" })).toHaveProperty("disabled", true);
    await userEvent.type(title, "Another way{Enter}");
    expect(link.asked).toEqual([{ method: "fork_session", params: { session: "s1", before: "t1", title: "Another way", workspace: null } }]);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(active()).toBe("chat:/s9");
  });

  it("WS19 begins a workspace with the files of before the turn first, then the session in it", async () => {
    const link = await draw(ADA);
    await ask();
    await userEvent.click(radio(/^In a new workspace With the files as they were before this turn/));
    expect(dialog().getByRole("button", { name: "Fork it" })).toHaveProperty("disabled", true);
    await userEvent.type(dialog().getByRole("textbox", { name: "Name of the workspace" }), "another");
    await press("Fork it");
    expect(link.asked).toEqual([{ method: "fork_workspace", params: { workspace: "w1", checkpoint: 4, name: "another" } }, inside]);
    expect(active()).toBe("chat:/s9");
  });

  it("WS24 says what was made when only the session is missing, and tries that alone again", async () => {
    let full = true;
    const link = await draw(ADA, {
      replies: {
        ...replies,
        fork_session: () => {
          if (full) throw failure("storage", "The disk is full.");
          return FORKED;
        },
      },
    });
    await ask();
    await userEvent.click(radio(/^In a new workspace/));
    await userEvent.type(dialog().getByRole("textbox", { name: "Name of the workspace" }), "another{Enter}");
    expect(dialog().getByRole("status").textContent).toBe("The workspace another was made, and the session is not in it yet.");
    expect(dialog().getByRole("alert").textContent).toContain("The disk is full.");
    expect(dialog().queryByRole("radio")).toBeNull();
    full = false;
    await press("Try again");
    expect(link.asked.map(({ method }) => method)).toEqual(["fork_workspace", "fork_session", "fork_session"]);
    expect(link.asked.at(-1)).toEqual(inside);
    expect(active()).toBe("chat:/s9");
  });

  it("WS24 can be tried again as a whole when no workspace was made", async () => {
    await draw(ADA, { refuses: failure("git", "The branch is there already.") });
    await ask();
    await userEvent.click(radio(/^In a new workspace/));
    await userEvent.type(dialog().getByRole("textbox", { name: "Name of the workspace" }), "another{Enter}");
    expect(dialog().getByRole("alert").textContent).toContain("The branch is there already.");
    expect(radio(/^In a new workspace/).checked).toBe(true);
    expect(dialog().queryByRole("status")).toBeNull();
  });

  it("WS19 says why there is no workspace with files that are not kept, or older than what is listed", async () => {
    await draw(ADA, { replies: { ...replies, work: { ...WORK, checkpoints: [] } } });
    await ask();
    expect(radio(/^In a new workspace The files of that moment are not kept/).disabled).toBe(true);
    cleanup();
    const checkpoints = Array.from({ length: 500 }, (_, at) => ({ number: at + 40, commit: String(at).padStart(40, "b"), of: null }));
    await draw(ADA, { replies: { ...replies, work: { ...WORK, checkpoints } } });
    await ask();
    expect(radio(/older than the newest 500 checkpoints/).disabled).toBe(true);
    expect(radio(/^In this workspace/).disabled).toBe(false);
  });

  it("WS24 is the owner’s, and where work can begin", async () => {
    await draw(BEA);
    await userEvent.click(screen.getByRole("button", { name: "What to do about a prompt" }));
    expect(screen.getByRole("button", { name: "Rewind to before this…" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Fork from here…" })).toBeNull();
    cleanup();
    await draw(ADA, { view: view(ADA, {}, { workspace: "w2" }), directory: archived() });
    await userEvent.click(screen.getByRole("button", { name: "What to do about a prompt" }));
    expect(screen.queryByRole("button", { name: "Fork from here…" })).toBeNull();
  });
});

describe("a session that was forked", () => {
  const event = (turns: number): Said => [8, { type: "session_forked", from: "s3", number: 3, by: "ada", turns, people: [] }, "ada"];

  it("WS24 tells at the top of the turns where they are from", async () => {
    await draw(ADA, { events: [event(2), ...EVENTS] });
    expect(screen.getByText(/^Ada began here with the 2 turns of #3/)).toBeTruthy();
    cleanup();
    await draw(ADA, { events: [event(0)] });
    expect(screen.getByText(/^Ada began here from #3, with none of its turns/)).toBeTruthy();
  });
});
