import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { CHANGES, WORK } from "../../../dev/changes";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import { getDraft, reloadTaste, setDraft } from "../../state/taste";
import { dropToast, getToasts } from "../../state/toasts";
import ChangesPage from "./changes-page";

afterEach(() => {
  cleanup();
  for (const { id } of getToasts()) dropToast(id);
  localStorage.clear();
  reloadTaste();
});

async function open(scene: string, more: Partial<Scene> = {}) {
  const given = SCENES[scene] as Scene;
  const link = new CannedLink({ ...given, ...more, replies: { ...given.replies, ...more.replies } });
  await renderOver(link, <ChangesPage workspace="w1" />);
  await act(async () => {});
  return link;
}
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const dialog = () => within(screen.getAllByRole("dialog").at(-1) as HTMLElement);
const approved = async () => {
  await press("1 approved");
  return within(screen.getByRole("dialog", { name: "Approved" }));
};

describe("what was approved", () => {
  it("CH9 is listed with who approved it, and reverted only after a question", async () => {
    const link = await open("worked");
    const list = await approved();
    expect(list.getByText("Move the metrics out of the store")).toBeTruthy();
    expect(list.queryByRole("button", { name: "Revert “Try a cache for tokens”" }), "it is reverted already").toBeNull();
    await userEvent.click(list.getByRole("button", { name: "Revert “Move the metrics out of the store”" }));
    expect(link.asked).toEqual([]);
    await userEvent.click(dialog().getByRole("button", { name: "Revert" }));
    expect(link.asked).toEqual([{ method: "revert_commit", params: { workspace: "w1", commit: WORK.commits[0]?.commit } }]);
  });

  it("CH9 goes to the base branch by the owner, also right after it was approved", async () => {
    const link = await open("worked", { replies: { apply_work: { kind: "approved", commit: "feed".padEnd(40, "0") } } });
    await press("Approve all");
    await userEvent.click(dialog().getByRole("button", { name: "Approve" }));
    const [toast] = getToasts();
    expect(toast?.action?.label).toBe("Apply to main");
    await act(async () => toast?.action?.run());
    await userEvent.click(dialog().getByRole("button", { name: "Apply to main" }));
    expect(link.asked.at(-1)).toEqual({ method: "apply_work", params: { workspace: "w1" } });
    expect(getToasts().at(-1)?.message).toBe("The work is on main: feed000");
  });

  it("CH9 goes there too when an agent committed it itself, and it is said when there is nothing new", async () => {
    const replies = { work: { ...WORK, commits: [] }, apply_work: { kind: "approved" as const, commit: null } };
    const link = await open("worked", { replies });
    await press("0 approved");
    await userEvent.click(within(screen.getByRole("dialog", { name: "Approved" })).getByRole("button", { name: "Apply to main" }));
    await userEvent.click(dialog().getByRole("button", { name: "Apply to main" }));
    expect(link.asked.at(-1)).toEqual({ method: "apply_work", params: { workspace: "w1" } });
    expect(getToasts().at(-1)?.message).toBe("There is nothing new to apply: main has all that is committed here");
    cleanup();
    await open("worked", { replies: { work: { ...WORK, base_branch: null } } });
    expect((await approved()).queryByRole("button", { name: /^Apply/ })).toBeNull();
  });

  it("CH9 names files in conflict and offers to bring the base branch in", async () => {
    const refuses = { code: "in_conflict", message: "In conflict: src/session/store.rs. Nothing was changed.", retry: "after_change" } as NonNullable<Scene["refuses"]>;
    const link = await open("worked", { refuses });
    await userEvent.click((await approved()).getByRole("button", { name: "Apply to main" }));
    await userEvent.click(dialog().getByRole("button", { name: "Apply to main" }));
    expect(dialog().getByText(/^In conflict: src\/session\/store\.rs/)).toBeTruthy();
    await userEvent.click(dialog().getByRole("button", { name: "Bring main in" }));
    expect(link.asked.at(-1)).toEqual({ method: "merge_base", params: { workspace: "w1", step: "begin" } });
  });

  it("CH9 is only read by whoever may not approve", async () => {
    await open("worked-read");
    const list = await approved();
    expect(list.queryByRole("button")).toBeNull();
  });
});

describe("a merge", () => {
  const card = () => within(screen.getByRole("region", { name: "Merge" }));

  it("CH9 is settled file by file, by the agent if asked, and finished when none is left", async () => {
    const link = await open("merging");
    const file = within(card().getByRole("group", { name: "How tests/rotation.rs is settled" }));
    await userEvent.click(file.getByRole("button", { name: "Of main" }));
    expect(link.asked).toEqual([{ method: "settle_conflict", params: { workspace: "w1", path: "tests/rotation.rs", how: "theirs" } }]);
    expect(card().getByRole("button", { name: "Finish" })).toHaveProperty("disabled", true);
    expect(screen.queryByRole("button", { name: "Approve all" }), "nothing is approved meanwhile").toBeNull();
    setDraft("s1", "Mind the tests.");
    await userEvent.click(card().getByRole("button", { name: "Ask the agent to settle them" }));
    expect(getDraft("s1")).toMatch(/^Mind the tests\.\n\nmain is being merged.*\n- src\/session\/store\.rs\n- tests\/rotation\.rs\n/);
    cleanup();
    const settled = await open("merging", { replies: { changes: { ...CHANGES, merging: true } } });
    await userEvent.click(card().getByRole("button", { name: "Finish" }));
    expect(settled.asked).toEqual([{ method: "merge_base", params: { workspace: "w1", step: "finish" } }]);
  });

  it("CH9 is left only after a question", async () => {
    const link = await open("merging");
    await userEvent.click(card().getByRole("button", { name: "Leave the merge" }));
    expect(link.asked).toEqual([]);
    await userEvent.click(dialog().getByRole("button", { name: "Leave the merge" }));
    expect(link.asked).toEqual([{ method: "merge_base", params: { workspace: "w1", step: "abort" } }]);
  });
});
