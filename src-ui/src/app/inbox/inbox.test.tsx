import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import { beginAnew } from "../../../dev/whole-window";
import { showPage } from "../../state/page";
import { App } from "../app";

beginAnew();

async function open(name = "inbox"): Promise<{ link: CannedLink; there: Map<string, CannedLink> }> {
  const link = new CannedLink(SCENES[name] as Scene);
  const there = await renderOver(link, <App />);
  await act(async () => showPage("inbox"));
  await act(async () => {});
  return { link, there };
}
const inbox = () => within(screen.getByRole("region", { name: "Inbox" }));
const session = (name: string) => within(inbox().getByRole("region", { name }));

describe("the inbox", () => {
  it("WI18 holds what waits for its reader, from every session and host, and what waits for others apart", async () => {
    await open();
    expect(inbox().getByText("8 wait for you")).toBeTruthy();
    expect(session("At the door").getByText("Emil wants to join")).toBeTruthy();
    expect(session("Migrate the tests").getByText("Chen asked to drive")).toBeTruthy();
    expect(session("Name the metrics").getByRole("region", { name: "Plan, Name the metrics" })).toBeTruthy();
    expect(session("Split the session store").getAllByRole("region", { name: /^Permission, Split the session store/ })).toHaveLength(2);
    expect(session("Rank the results").getByText(/^Bea’s desktop \/ ledger/)).toBeTruthy();
    expect(session("Waiting for somebody else").getByText("Draft the release note")).toBeTruthy();
    expect(inbox().queryByRole("region", { name: "Draft the release note" })).toBeNull();
  });

  it("WI18 settles in place what takes one press, each at its own host", async () => {
    const { link, there } = await open();
    await userEvent.click(inbox().getByRole("button", { name: "Let in" }));
    await userEvent.click(session("Name the metrics").getByRole("button", { name: "Approve" }));
    await userEvent.click(session("Split the session store").getAllByRole("button", { name: "Allow once" })[1] as HTMLElement);
    await userEvent.click(session("Migrate the tests").getByRole("button", { name: "Hand over to Chen" }));
    await userEvent.click(inbox().getByRole("button", { name: "Resume" }));
    expect(link.asked.map(({ method }) => method)).toEqual(["admit", "vote", "answer_permission", "hand_over", "prompt"]);
    expect(link.asked[2]).toEqual({ method: "answer_permission", params: { session: "s1", permission: "p2", answer: "allow" } });
    await userEvent.click(session("Rank the results").getByRole("radio", { name: "One release" }));
    expect(there.get("kA")?.asked).toEqual([]);
  });

  it("opens the session at its card, and gives way to it", async () => {
    await open();
    await userEvent.click(inbox().getByRole("button", { name: "Open Name the metrics" }));
    expect(screen.queryByRole("region", { name: "Inbox" })).toBeNull();
    expect(screen.getByRole("tab", { selected: true }).textContent).toContain("Name the metrics");
    const pinned = screen.getByRole("region", { name: "Waiting for an answer" });
    expect(within(pinned).getByRole("region", { name: "Plan" })).toBeTruthy();
  });

  it("comes by the side bar, by its key and by its name, and goes by Escape", async () => {
    await open();
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("region", { name: "Inbox" })).toBeNull();
    await userEvent.keyboard("{Control>}i{/Control}");
    expect(document.activeElement).toBe(inbox().getByRole("heading", { level: 1 }));
    await userEvent.keyboard("{Control>}i{/Control}");
    await userEvent.click(screen.getByRole("button", { name: /^Needs you Needs you/ }));
    expect(inbox()).toBeTruthy();
  });

  it("says what will come there when nothing does", async () => {
    await open("inbox-empty");
    expect(inbox().getByRole("heading", { name: "Nothing waits for you" })).toBeTruthy();
  });
});
