import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { GUEST } from "../../../dev/people";
import { renderOver } from "../../../dev/render";
import { snapshot, view } from "../../../dev/room";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import { beginAnew } from "../../../dev/whole-window";
import type { RequestWithoutCommand } from "../../link";
import { showPage } from "../../state/page";
import { App } from "../app";
import { inOrder, type Listed } from "./listed";

beginAnew();

async function open(name = "sessions", but: Partial<Scene> = {}): Promise<CannedLink> {
  const link = new CannedLink({ ...(SCENES[name] as Scene), ...but });
  await renderOver(link, <App />);
  await act(async () => showPage("sessions"));
  await act(async () => {});
  return link;
}
const page = () => within(screen.getByRole("region", { name: "Sessions" }));
const titles = () => [...document.querySelectorAll("[data-row] [class*=_title_]")].map((one) => one.textContent);
const row = (title: string) => page().getByRole("button", { name: new RegExp(`#\\d+ ?${title}`) });

describe("the page of all sessions", () => {
  it("WI19 puts what needs somebody first and what is over last", async () => {
    await open();
    expect(page().getAllByRole("heading", { level: 2 }).map((one) => one.textContent)).toEqual(["Needs you 1", "Running 5", "Interrupted 1", "Idle 27", "Ended 10"]);
    expect(page().getByText("44")).toBeTruthy();
  });

  it("WI19 says what the workspaces of its own host take on the disk, each counted once", async () => {
    const counted: string[] = [];
    const disk_use = (asked: RequestWithoutCommand) => {
      if (asked.method === "disk_use") counted.push(asked.params.workspace);
      return { kind: "disk_use" as const, bytes: 48_210_331 };
    };
    const { replies } = SCENES["sessions"] as Scene;
    await open("sessions", { replies: { ...replies, disk_use } });
    expect((await page().findAllByTitle("Its workspace takes 46 MiB on the disk")).length).toBeGreaterThan(1);
    expect(new Set(counted).size).toBe(counted.length);
    expect(counted.length).toBeGreaterThan(0);
  });

  it("WI19 finds by words, state, place, agent and person, and says when nothing fits", async () => {
    await open();
    await userEvent.selectOptions(page().getByLabelText("Any agent"), "Rehearsal");
    expect(page().getByText("1 of 44")).toBeTruthy();
    await userEvent.selectOptions(page().getByLabelText("Any agent"), "Any agent");
    await userEvent.selectOptions(page().getByLabelText("Anybody"), "Bea");
    await userEvent.selectOptions(page().getByLabelText("Any state"), "Needs you");
    await userEvent.selectOptions(page().getByLabelText("Anywhere"), "ledger");
    expect(titles()).toEqual(["Split the session store"]);
    await userEvent.type(page().getByRole("searchbox"), "zebra");
    expect(page().getByText("No session fits that")).toBeTruthy();
    await userEvent.click(page().getByRole("button", { name: "Show all" }));
    expect(titles()).toHaveLength(44);
  });

  it("WI19 shows tags, finds by them, and puts others in their place", async () => {
    const link = await open();
    await userEvent.selectOptions(page().getByLabelText("Any tag"), "release");
    expect(titles()).toEqual(["Split the session store", "Migrate the tests"]);
    expect(row("Migrate the tests").textContent).toContain("release");
    fireEvent.contextMenu(row("Migrate the tests"));
    await userEvent.click(screen.getByRole("menuitem", { name: "Tags" }));
    await userEvent.click(screen.getByRole("button", { name: "+ auth: add it" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Tags" }), ", release, #tests ,{Enter}");
    expect(link.asked).toEqual([{ method: "tag_session", params: { session: "s2", tags: ["release", "auth", "tests"] } }]);
  });

  it("says what each took, and puts the dearest first", async () => {
    await open();
    expect(row("Split the session store").textContent).toContain("$0.41");
    await userEvent.selectOptions(page().getByLabelText("Order"), "Cost");
    expect(titles()[0]).toBe("Session about topic 40");
  });

  it("WI19 goes by keys from the words to the rows and back, and opens one", async () => {
    await open();
    expect(document.activeElement).toBe(page().getByRole("searchbox"));
    await userEvent.keyboard("topic 12{ArrowDown}{ArrowDown}{ArrowUp}");
    expect(titles()).toEqual(["Session about topic 8", "Session about topic 9", "Session about topic 12"]);
    expect(document.activeElement).toBe(row("Session about topic 8"));
    await userEvent.keyboard("/");
    expect(document.activeElement).toBe(page().getByRole("searchbox"));
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(screen.queryByRole("region", { name: "Sessions" })).toBeNull();
    expect(screen.getByRole("tab", { selected: true }).textContent).toContain("Session about topic 8");
  });

  it("renames, ends after a question, and reopens", async () => {
    const link = await open();
    act(() => row("Migrate the tests").focus());
    await userEvent.keyboard("{F2}");
    await userEvent.clear(screen.getByRole("textbox", { name: "Title of the session" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Title of the session" }), "Move the tests{Enter}");
    act(() => row("Migrate the tests").focus());
    await userEvent.keyboard("{Delete}");
    expect(link.asked).toHaveLength(1);
    await userEvent.click(within(screen.getByRole("dialog", { name: "End “Migrate the tests”?" })).getByRole("button", { name: "End session" }));
    fireEvent.contextMenu(row("An older try"));
    await userEvent.click(screen.getByRole("menuitem", { name: "Reopen" }));
    expect(link.asked).toEqual([
      { method: "rename_session", params: { session: "s2", title: "Move the tests" } },
      { method: "end_session", params: { session: "s2" } },
      { method: "reopen_session", params: { session: "s4" } },
    ]);
  });

  it("WI19 leaves a guest who may not steer to open sessions, without what they cost", async () => {
    await open("guest", { snapshot: snapshot(view(GUEST, {}), []) });
    expect(page().queryByLabelText("Order")?.textContent).not.toContain("Cost");
    await userEvent.click(page().getAllByRole("button", { name: /^What to do with/ })[0] as HTMLElement);
    expect(screen.getAllByRole("menuitem").map((one) => one.textContent)).toEqual(["Open", "Open in a pane beside"]);
  });

  it("WI19 gives who may steer in a session every verb but the owner’s", async () => {
    const link = await open("guest");
    await userEvent.click(page().getByRole("button", { name: "What to do with Split the session store" }));
    const verbs = screen.getAllByRole("menuitem").map((one) => one.textContent);
    expect(verbs).toEqual(["Open", "Open in a pane beside", "Rename", "Tags", "Pause after this turn", "End session"]);
    await userEvent.click(screen.getByRole("menuitem", { name: "Pause after this turn" }));
    expect(link.asked).toEqual([{ method: "pause_session", params: { session: "s1" } }]);
  });

  it("leads to a new session, and tells a new host how to begin", async () => {
    await open();
    await userEvent.click(page().getByRole("button", { name: "New session" }));
    const found = within(screen.getByRole("listbox", { name: "What was found" })).getAllByRole("option");
    expect(found.every((one) => one.textContent?.startsWith("New session in"))).toBe(true);
    cleanup();
    await open("first-run");
    expect(page().getByRole("button", { name: "Try it" })).toBeTruthy();
  });

  it("keeps the newest first among equals", () => {
    const of = (key: string, updated_at: number, cost: number) => ({ key, cost, tokens: 0, row: { updated_at, status: "idle" } }) as unknown as Listed;
    const all = [of("a", 1, 5), of("b", 3, 5), of("c", 2, 9)];
    expect(inOrder(all, "cost").flatMap(({ rows }) => rows.map(({ key }) => key))).toEqual(["c", "b", "a"]);
    expect(inOrder(all, "newest").flatMap(({ rows }) => rows.map(({ key }) => key))).toEqual(["b", "c", "a"]);
    expect(inOrder([], "newest")).toEqual([]);
  });
});
