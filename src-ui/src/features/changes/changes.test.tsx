import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { CHANGES, FILE_CHANGE } from "../../../dev/changes";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import type { SessionRow } from "../../gen/SessionRow";
import { getLayout } from "../../state/layout";
import { panesOf } from "../../state/layout/model";
import { setTaste } from "../../state/taste";
import ChangesPage from "./changes-page";

afterEach(cleanup);

async function open(changes = CHANGES, more: Scene["replies"] = {}) {
  const idle = SCENES["idle"] as Scene;
  const link = new CannedLink({ ...idle, replies: { ...idle.replies, changes, ...more } });
  await renderOver(link, <ChangesPage workspace="w1" />);
  await act(async () => {});
  return link;
}
const list = () => within(screen.getByRole("navigation", { name: "Changed files" }));
const choose = (name: RegExp) => userEvent.click(list().getByRole("button", { name }));

describe("what became of a workspace's files", () => {
  it("CH2 lists every file with what became of it, and reads one line by line", async () => {
    await open();
    expect(screen.getByText("7 files changed")).toBeTruthy();
    expect(list().getByRole("img", { name: "Deleted" })).toBeTruthy();
    expect(screen.getByText("1 new file is too large to be kept, and left out")).toBeTruthy();
    await choose(/store\.rs/);
    const file = within(screen.getByRole("region", { name: "src/session/store.rs" }));
    expect(file.getByText("self.tokens.forget(session)?;", { exact: false })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Next file" }));
    expect(screen.getByRole("region", { name: "src/session/token.rs" })).toBeTruthy();
  });

  it("CH3 a file that was viewed is not any more when it changes again", async () => {
    await open();
    await choose(/rotation\.rs/);
    await userEvent.click(screen.getByRole("checkbox", { name: "Viewed" }));
    expect(screen.getByText("1 of 7 viewed")).toBeTruthy();
    const files = CHANGES.files.map((file) => (file.path === "tests/rotation.rs" ? { ...file, id: "another" } : file));
    cleanup();
    await open({ ...CHANGES, files });
    expect(screen.getByText("0 of 7 viewed")).toBeTruthy();
  });

  it("CH2 says how much of a file is not shown and where it can be read", async () => {
    const body = { kind: "text" as const, hunks: [], omitted: 2 };
    await open(CHANGES, { file_change: { ...FILE_CHANGE, body } });
    await choose(/store\.rs/);
    const file = within(screen.getByRole("region", { name: "src/session/store.rs" }));
    expect(file.getByText("2 more places of this file are not shown")).toBeTruthy();
    expect(file.queryByText("Its text is the same; its name or mode changed.")).toBeNull();
    await userEvent.click(file.getByRole("button", { name: "Open the files" }));
    expect(panesOf(getLayout()).flatMap(({ tabs }) => tabs.map(({ kind }) => kind))).toContain("files");
  });

  it("CH10 lays out a large change by blocks, whatever it is read in", async () => {
    const lines = Array.from({ length: 130 }, (_, at) => ({ how: "added" as const, old: null, new: at + 1, text: `line ${at + 1}`, open_end: false, cut: 0 }));
    await open(CHANGES, { file_change: { ...FILE_CHANGE, body: { kind: "text", omitted: 0, hunks: [{ id: "h1", lines }] } } });
    await choose(/store\.rs/);
    const sizes = () => [...document.querySelectorAll<HTMLElement>("[data-hunks] [style]")].map(({ style }) => style.getPropertyValue("contain-intrinsic-block-size") || style.cssText);
    expect(sizes()).toHaveLength(2);
    act(() => setTaste({ split: true }));
    expect(sizes()).toHaveLength(2);
    expect(screen.getAllByRole("rowgroup").map((group) => within(group).getAllByRole("row").length)).toEqual([100, 30]);
    act(() => setTaste({ split: false }));
  });

  it("CH2 are asked for again when something of the workspace has changed, and not with every word of the host", async () => {
    const worked = SCENES["worked"] as Scene;
    let asked = 0;
    const changes = () => {
      asked += 1;
      return CHANGES;
    };
    const link = new CannedLink({ ...worked, replies: { ...worked.replies, changes } });
    await renderOver(link, <ChangesPage workspace="w1" />);
    await act(async () => {});
    const { directory } = worked;
    const tell = async (workspace: string, row: Partial<SessionRow>) => {
      const sessions = directory.sessions.map((one) => (one.workspace === workspace ? { ...one, ...row } : one));
      const before = asked;
      await act(async () => link.tell({ method: "directory", params: { ...directory, sessions } }));
      return asked > before;
    };
    expect(await tell("w1", {})).toBe(false);
    expect(await tell("w2", { status: "running", head: 99 })).toBe(false);
    expect(await tell("w1", { title: "Another", queued: 2 })).toBe(false);
    expect(await tell("w1", { head: 11 }), "something was done there").toBe(true);
    expect(await tell("w1", { head: 11, status: "running" })).toBe(true);
    expect(await tell("w1", { head: 40, status: "running" }), "a turn goes on").toBe(false);
    expect(await tell("w1", { head: 41, status: "idle" })).toBe(true);
  });

  it("CH2 says when nothing has changed", async () => {
    await open({ ...CHANGES, files: [], skipped: [] });
    expect(screen.getByText("Nothing waits to be approved")).toBeTruthy();
  });
});
