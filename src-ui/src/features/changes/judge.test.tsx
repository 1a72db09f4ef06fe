import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { CHANGES, MAKERS, WORK } from "../../../dev/changes";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import { dropToast, getToasts } from "../../state/toasts";
import type { RequestWithoutCommand } from "../../link";
import { useRoom } from "../../state";
import { reloadTaste } from "../../state/taste";
import ChangesPage from "./changes-page";

afterEach(() => {
  cleanup();
  for (const { id } of getToasts()) dropToast(id);
  localStorage.clear();
  reloadTaste();
});

async function open(scene = "worked", more: Partial<Scene> = {}) {
  const given = SCENES[scene] as Scene;
  const link = new CannedLink({ ...given, ...more, replies: { ...given.replies, ...more.replies } });
  const all: unknown[] = [];
  const request = link.request.bind(link);
  link.request = (asked) => {
    all.push(asked);
    return request(asked);
  };
  await renderOver(
    link,
    <>
      <Watching />
      <ChangesPage workspace="w1" />
    </>,
  );
  await act(async () => {});
  return { link, all };
}
/** The chat beside it. */
function Watching() {
  useRoom("s1");
  return null;
}
const press = (name: string | RegExp) => userEvent.click(screen.getByRole("button", { name }));
const dialog = () => within(screen.getByRole("dialog"));
const compareWith = (words: string | RegExp) => userEvent.selectOptions(screen.getByRole("combobox", { name: "Compared with" }), screen.getByRole("option", { name: words }));
const read = (name: RegExp) => userEvent.click(within(screen.getByRole("navigation")).getByRole("button", { name }));
const approval = { kind: "approval" };

describe("what changes are compared with", () => {
  it("CH5 is the last approval at first, then the base or one turn, as the person likes it", async () => {
    const { all } = await open("worked");
    const asked = (method: string) => all.filter((one) => (one as { method: string }).method === method).at(-1);
    expect(all.find((one) => (one as { method: string }).method === "changes")).toMatchObject({ params: { since: approval } });
    await compareWith("Since the base");
    expect(asked("changes")).toMatchObject({ params: { since: { kind: "base" } } });
    await compareWith(/^Turn of Bea with Claude Code/);
    expect(asked("changes")).toMatchObject({ params: { since: { kind: "turn", turn: "t0" } } });
    await read(/store\.rs/);
    expect(asked("file_change")).toMatchObject({ params: { since: { kind: "turn", turn: "t0" } } });
    expect(screen.queryByRole("group", { name: "What to do with the changes" })).toBeNull();
    await compareWith("Not approved yet");
  });

  it("CH5 says when nothing waits to be approved", async () => {
    await open("worked", { replies: { changes: { ...CHANGES, files: [] } } });
    expect(screen.getByText("Nothing waits to be approved")).toBeTruthy();
  });
});

describe("deciding about changes", () => {
  it("CH6 approves all as it is seen, with words that are proposed and can be changed", async () => {
    const { link } = await open();
    await press("Approve all");
    const message = dialog().getByRole("textbox", { name: "Message of the commit" });
    expect(message).toHaveProperty("value", "Split the session store\n\nSplit the session store so that refresh tokens live in their own table. Plan first.");
    await userEvent.clear(message);
    expect(dialog().getByRole("button", { name: "Approve" })).toHaveProperty("disabled", true);
    await userEvent.type(message, "Split it");
    await userEvent.click(dialog().getByRole("button", { name: "Approve" }));
    const picks = { kind: "all", seen: "seen-1" };
    expect(link.asked).toEqual([{ method: "approve_changes", params: { workspace: "w1", since: approval, picks, message: "Split it" } }]);
    expect(getToasts()[0]).toMatchObject({ kind: "done", message: "Approved: c0ffee1" });
  });

  it("CH6 takes ticked files back only after a question, and offers them back", async () => {
    const { link } = await open();
    await userEvent.click(screen.getByRole("checkbox", { name: "Choose tests/rotation.rs" }));
    await press("Take 1 file back");
    expect(link.asked).toEqual([]);
    await userEvent.click(dialog().getByRole("button", { name: "Take back" }));
    const picks = { kind: "these", picks: [{ kind: "file", path: "tests/rotation.rs", id: CHANGES.files.at(-1)?.id }] };
    const rejected = { method: "reject_changes", params: { workspace: "w1", since: approval, picks } };
    expect(link.asked).toEqual([rejected]);
    getToasts()[0]?.action?.run();
    await waitFor(() => expect(link.asked).toEqual([rejected, { method: "restore_files", params: { workspace: "w1", checkpoint: 12 } }]));
  });

  it("CH6 decides about one part of a file", async () => {
    const { link } = await open();
    await read(/store\.rs/);
    const parts = screen.getAllByRole("button", { name: "Approve this part" });
    expect(parts.length).toBe(2);
    await userEvent.click(parts[1] as HTMLElement);
    await userEvent.click(dialog().getByRole("button", { name: "Approve" }));
    const picks = { kind: "these", picks: [{ kind: "hunk", path: "src/session/store.rs", id: "h2" }] };
    expect(link.asked).toMatchObject([{ method: "approve_changes", params: { picks } }]);
  });

  it("CH6 reads again what changed meanwhile, says so and does nothing", async () => {
    const refuses = { code: "changes_stale", message: "It changed.", retry: "after_change" } as NonNullable<Scene["refuses"]>;
    const { all } = await open("worked", { refuses });
    await press("Approve all");
    const looks = () => all.filter((one) => JSON.stringify(one) === JSON.stringify({ method: "changes", params: { workspace: "w1", since: approval } })).length;
    const before = looks();
    await userEvent.click(dialog().getByRole("button", { name: "Approve" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(getToasts()[0]).toMatchObject({ kind: "trouble", message: expect.stringMatching(/^Files changed meanwhile/) as string });
    expect(looks()).toBe(before + 1);
  });

  it("CH6 is for whoever may approve", async () => {
    await open("worked-read");
    await read(/store\.rs/);
    expect(screen.queryByRole("button", { name: /Approve|Take back/ })).toBeNull();
    expect(screen.queryByRole("checkbox", { name: /^Choose/ })).toBeNull();
  });
});

describe("whose work it is", () => {
  it("CH7 stands at the head, beside each file, and above each place of one", async () => {
    await open("worked", { replies: { work: { ...WORK, commits: [] } } });
    expect(screen.getByText("Changes from Bea, Ada, by hand")).toBeTruthy();
    const row = within(screen.getByRole("navigation")).getByRole("button", { name: /store\.rs/ });
    expect(within(row).getByText("Bea with Claude Code")).toBeTruthy();
    expect(within(row).getByText("By hand")).toBeTruthy();
    await read(/store\.rs/);
    const heads = screen.getAllByRole("button", { name: "Approve this part" }).map((button) => button.parentElement?.parentElement?.textContent);
    expect(heads[0]).toMatch(/^BBea with Claude Code/);
    expect(heads[1]).toMatch(/^By hand/);
  });

  it("CH7 tells of removed lines where the base has them as the last approval, also after the base has moved", async () => {
    const heads = () => screen.getAllByRole("button", { name: "Approve this part" }).map((button) => button.parentElement?.parentElement?.textContent);
    const makers = { ...MAKERS, makers: { ...MAKERS.makers, files: [{ path: "src/session/store.rs", makers: [1], runs: [{ how: "removed" as const, from: 13, to: 15, maker: 1 }] }] } };
    const inBase = (id: string) => ({ ...CHANGES, files: CHANGES.files.map((file) => (file.path === "src/session/store.rs" ? { ...file, id } : file)) });
    const changes = (id: string) => (asked: RequestWithoutCommand) => (asked.method === "changes" && asked.params.since?.kind === "base" ? inBase(id) : CHANGES);
    await open("worked", { replies: { makers, changes: changes(CHANGES.files[2]!.id) } });
    await read(/store\.rs/);
    expect(heads()[0]).toMatch(/^AAda with codex/);
    cleanup();
    await open("worked", { replies: { makers, changes: changes("before the base branch was brought in"), work: { ...WORK, commits: [] } } });
    await read(/store\.rs/);
    expect(heads()[0]).not.toMatch(/Ada/);
  });

  it("CH7 is not told apart within one turn", async () => {
    await open();
    await compareWith(/^Turn of Ada with codex/);
    expect(screen.queryByText(/^Changes from/)).toBeNull();
    await compareWith("Not approved yet");
  });
});
