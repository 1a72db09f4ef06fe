import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { EMPTY } from "../../../dev/directory";
import { DOOR, INVITED } from "../../../dev/door";
import { ADA, AGENTS, CHEN, welcome } from "../../../dev/people";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import type { ParticipantView } from "../../gen/ParticipantView";
import { MeDialog } from "./me-dialog";

afterEach(cleanup);

const button = (name: string) => screen.getByRole("button", { name });

async function draw(who: ParticipantView, replies: Scene["replies"] = {}): Promise<CannedLink> {
  const link = new CannedLink({
    session: null,
    link: [{ kind: "live", welcome: welcome(who) }],
    directory: EMPTY,
    agents: AGENTS,
    snapshot: null,
    replies: { ...DOOR, ...replies },
  });
  await renderOver(link, <MeDialog welcome={welcome(who)} onClose={() => undefined} />);
  return link;
}

describe("what one sets about oneself", () => {
  it("RO4 is the name, as the host then has it", async () => {
    const link = await draw(ADA);
    const name = screen.getByLabelText("Your name at this host");
    expect(button("Save")).toHaveProperty("disabled", true);
    await userEvent.type(name, " L{Enter}");
    expect(link.asked).toEqual([{ method: "rename_me", params: { name: "Ada L" } }]);
    expect(name).toHaveProperty("value", "Ada 2");
  });

  it("is for the owner whether new shares need everyone for plans", async () => {
    const link = await draw(ADA);
    await userEvent.click(await screen.findByLabelText("Plans need everyone’s approval"));
    const params = { name: null, consensus_by_default: false, nearby: null };
    expect(link.asked).toEqual([{ method: "change_settings", params }]);
    expect(screen.queryByRole("button", { name: /^Leave/ })).toBeNull();
  });

  it("PA3 is for the owner whether this host is seen nearby", async () => {
    const link = await draw(ADA);
    await userEvent.click(await screen.findByLabelText(/machines in this network may see/));
    const params = { name: null, consensus_by_default: null, nearby: false };
    expect(link.asked).toEqual([{ method: "change_settings", params }]);
  });

  it("PA6 is for the owner what the host turned away, by kind and without what did not happen", async () => {
    await draw(ADA);
    const part = (await screen.findByText("Connections turned away since this host started")).parentElement as HTMLElement;
    expect(within(part).getAllByRole("listitem").map((line) => line.textContent)).toEqual([
      "10 did not prove who they were, or said nothing that could be read",
      "24 came from addresses that have to wait after too many failures",
      "1 came while every place was taken",
    ]);
    cleanup();
    await draw(ADA, { health: { kind: "health", warnings: [], refusals: { evicted: 0, full: 0, waiting: 0, failed: 0 } } });
    expect(screen.queryByText(/turned away/)).toBeNull();
    cleanup();
    await draw(CHEN);
    expect(screen.queryByText(/turned away/)).toBeNull();
  });

  it("RO1 are the devices: this one stays, others go, and a link brings one more", async () => {
    const link = await draw(CHEN);
    expect(screen.getAllByRole("button", { name: "Remove" })).toHaveLength(1);
    await userEvent.click(button("Remove"));
    await userEvent.click(button("Remove for good"));
    await userEvent.click(button("Add a device of yours"));
    expect(await screen.findByText(INVITED.link)).toBeTruthy();
    expect(link.asked).toEqual([
      { method: "revoke_my_device", params: { device: "d2" } },
      { method: "add_my_device", params: {} },
    ]);
  });

  it("is for guests the way out, which asks first", async () => {
    const link = await draw(CHEN);
    await userEvent.click(button("Leave Ada’s workbench"));
    expect(link.asked).toEqual([]);
    await userEvent.click(button("Leave"));
    expect(link.asked).toEqual([{ method: "leave", params: {} }]);
  });
});
