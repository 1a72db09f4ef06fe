import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { PULL, TARGET } from "../../dev/exchange";
import { failure } from "../../dev/files";
import type { Scene } from "../../dev/scene";
import { SCENES } from "../../dev/scenes";
import { beginAnew, openWindow } from "../../dev/whole-window";
import "../features/changes/changes-page";
import type { Reply } from "../gen/Reply";
import { showChanges } from "../state/changes";
import { dropToast, getToasts } from "../state/toasts";

beginAnew();

const dialog = () => within(screen.getByRole("dialog"));
const press = (name: string) => userEvent.click(dialog().getByRole("button", { name }));
const told = () => getToasts().at(-1)?.message;

async function open(replies: Scene["replies"]) {
  return openWindow("worked", { replies: { ...SCENES["worked"]?.replies, push_target: TARGET, ...replies } });
}
async function choose(entry: string) {
  await userEvent.click(screen.getByRole("button", { name: "What to do with auth-refactor" }));
  await userEvent.click(screen.getByRole("menuitem", { name: entry }));
}
const refuse = (message: string) => () => {
  throw failure("git", message);
};

describe("pushing", () => {
  it("WI29 says to which remote and whether it was there before, then does it", async () => {
    const link = await open({ push_work: { kind: "pushed", remote: "origin" } });
    await choose("Push");
    expect(dialog().getByText(/^The branch conclave\/auth-refactor goes to origin/)).toBeTruthy();
    expect(dialog().getByText("It was not pushed before.")).toBeTruthy();
    expect(link.asked).toEqual([]);
    await press("Push");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(link.asked).toEqual([{ method: "push_work", params: { workspace: "w1" } }]);
    expect(told()).toBe("conclave/auth-refactor is at origin");
    expect(getToasts().at(-1)?.kind).toBe("done");
    await act(async () => getToasts().at(-1)?.action?.run());
    expect(screen.getByRole("dialog", { name: "Open a pull request for auth-refactor" })).toBeTruthy();
  });

  it("WI29 tells a failure whole, and where it can’t go at all", async () => {
    const refused = "origin has commits on this branch that are not here. Nothing was pushed. Fetch and merge them, then try again.";
    await open({ push_target: { ...TARGET, upstream: "origin/auth" }, push_work: refuse(refused) });
    await choose("Push");
    expect(dialog().getByText("It was pushed before: it follows origin/auth.")).toBeTruthy();
    await press("Push");
    expect(dialog().getByRole("alert").textContent).toBe(refused);
    await press("Cancel");
    await choose("Archive");
    await press("Keep it here");
  });

  it("WI29 says what to do where there is no remote", async () => {
    const none = "It is not clear where to push to (remotes: none). Nothing was pushed.";
    await open({ push_target: refuse(none) });
    await choose("Push");
    expect(dialog().getByRole("alert").textContent).toBe(none);
    expect(dialog().getByRole("button", { name: "Push" })).toHaveProperty("disabled", true);
    expect(dialog().getByRole("button", { name: "Try again" })).toBeTruthy();
  });

  it("WI29 goes on when the question is closed, and tells how it ended", async () => {
    let fail: (error: unknown) => void = () => undefined;
    await open({ push_work: () => new Promise<Reply>((_, reject) => (fail = reject)) });
    await choose("Push");
    await press("Push");
    expect(dialog().getByRole("status").textContent).toMatch(/^Pushing\. This can take a while/);
    await press("Close, it goes on");
    await act(async () => fail(failure("git", "origin did not let git in.")));
    expect(told()).toBe("origin did not let git in.");
  });

  it("WI29 stands beside the way to the base branch", async () => {
    await open({});
    await act(async () => showChanges("", "w1"));
    await userEvent.click(await screen.findByRole("button", { name: "1 approved" }));
    await userEvent.click(within(screen.getByRole("dialog", { name: "Approved" })).getByRole("button", { name: "Push" }));
    expect(screen.getByRole("dialog", { name: "Push auth-refactor?" })).toBeTruthy();
  });
});

describe("a pull request", () => {
  it("WI29 is opened with words from what was approved, and its address is there to open and to copy", async () => {
    const link = await open({ ask_pull: { kind: "asked", address: PULL } });
    await choose("Open a pull request…");
    expect(dialog().getByText(/then the pull request to main is opened/)).toBeTruthy();
    expect(dialog().getByRole<HTMLInputElement>("textbox", { name: "Title" }).value).toBe("Move the metrics out of the store");
    expect(dialog().getByRole<HTMLTextAreaElement>("textbox", { name: "What it is about" }).value).toBe("- Move the metrics out of the store");
    await userEvent.type(dialog().getByRole("textbox", { name: "Title" }), ", at last{Enter}");
    expect(link.asked).toEqual([{ method: "ask_pull", params: { workspace: "w1", title: "Move the metrics out of the store, at last", body: "- Move the metrics out of the store" } }]);
    const way = dialog().getByRole("link", { name: PULL });
    expect([way.getAttribute("href"), way.getAttribute("target"), way.getAttribute("rel")]).toEqual([PULL, "_blank", "noopener noreferrer"]);
    expect(dialog().getByRole("button", { name: "Copy: Address" })).toBeTruthy();
    expect(getToasts()).toEqual([]);
  });

  it("WI29 is called as the workspace where nothing was approved, and keeps its words when refused", async () => {
    const refused = "The branch was pushed, and the pull request was not opened. `gh` said: no commits between main and it";
    await open({ work: { kind: "work", checkpoints: [], commits: [], base_branch: null, people: [] }, ask_pull: refuse(refused) });
    await choose("Open a pull request…");
    expect(dialog().getByRole<HTMLInputElement>("textbox", { name: "Title" }).value).toBe("auth-refactor");
    await userEvent.type(dialog().getByRole("textbox", { name: "What it is about" }), "Tokens.");
    await press("Open it");
    expect(dialog().getByRole("alert").textContent).toBe(refused.replaceAll("`", ""));
    expect(dialog().getByRole<HTMLTextAreaElement>("textbox", { name: "What it is about" }).value).toBe("Tokens.");
  });

  it("WI29 offers only to push where there is no gh", async () => {
    await open({ push_target: { ...TARGET, can_ask: false } });
    await choose("Open a pull request…");
    expect(dialog().getByText(/is not on the host, so no pull request can be opened from here/)).toBeTruthy();
    await press("Only push…");
    expect(screen.getByRole("dialog", { name: "Push auth-refactor?" })).toBeTruthy();
  });

  it("WI29 tells its address also when the question was closed", async () => {
    let answer: (reply: Reply) => void = () => undefined;
    await open({ ask_pull: () => new Promise<Reply>((resolve) => (answer = resolve)) });
    await choose("Open a pull request…");
    await press("Open it");
    await press("Close, it goes on");
    await act(async () => answer({ kind: "asked", address: PULL }));
    expect(told()).toBe(`The pull request is at ${PULL}`);
    expect(getToasts().at(-1)?.kind).toBe("done");
    for (const { id } of getToasts()) dropToast(id);
  });
});
