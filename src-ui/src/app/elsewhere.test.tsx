import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { CannedLink } from "../../dev/canned-link";
import { renderOver } from "../../dev/render";
import type { Scene } from "../../dev/scene";
import { SCENES } from "../../dev/scenes";
import { beginAnew } from "../../dev/whole-window";
import { openSession } from "../state/open-session";
import { getDraft } from "../state/taste";
import { App } from "./app";

beginAnew();

async function open(name: string) {
  const scene = SCENES[name] as Scene;
  if (scene.session) openSession(scene.session, scene.elsewhere?.open ?? null);
  const own = new CannedLink(scene);
  const there = await renderOver(own, <App />);
  return { own, there };
}
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const host = (name: string) => within(screen.getByRole("region", { name }));
const at = (there: Map<string, CannedLink>, key: string) => there.get(key) as CannedLink;

describe("other hosts beside one's own", () => {
  it("D2 one link carries all sessions of a host, and another view drops none", async () => {
    const { own, there } = await open("elsewhere");
    const ada = at(there, "kA");
    const stop = vi.spyOn(ada, "stop");
    const dial = vi.spyOn(ada, "start");
    await userEvent.click(host("Ada’s workbench").getByText("Migrate the tests"));
    await userEvent.click(screen.getByText("Sort the notes"));
    await userEvent.click(host("Ada’s workbench").getByText("Split the session store"));
    expect(there.size).toBe(1);
    expect([stop, dial].map((called) => called.mock.calls.length)).toEqual([0, 0]);
    const message = screen.getByRole("textbox", { name: "Message" });
    await userEvent.type(message, "Go on{Enter}");
    expect(ada.asked.at(-1)).toMatchObject({ method: "prompt", params: { session: "s1", text: "Go on" } });
    expect(own.asked.filter(({ method }) => method === "prompt")).toEqual([]);
  });

  it("keeps the draft of each host’s session apart, though their ids are the same", async () => {
    await open("elsewhere");
    await userEvent.type(screen.getByRole("textbox", { name: "Message" }), "For Ada");
    expect(getDraft("kA/s1")).toBe("For Ada");
    expect(getDraft("s1")).toBe("");
  });

  it("shows how each connection stands, and the way out of a refusal", async () => {
    const { there } = await open("hosts");
    expect(await host("Ada’s workbench").findByText(/^\d+ ms$/)).toBeTruthy();
    expect(host("Farid").getByText("connecting")).toBeTruthy();
    expect(host("Dana’s desktop under the stairs").getByText(/has been asked to let you in/)).toBeTruthy();
    expect(host("Emil").getByText("This host has another key than the one you paired with")).toBeTruthy();
    const knock = vi.spyOn(at(there, "kD"), "knock");
    await userEvent.click(host("Emil").getByRole("button", { name: "Try again" }));
    expect(knock).toHaveBeenCalled();
    expect(await host("Chen").findByText(/^again in \d+ s$/)).toBeTruthy();
  });

  it("counts what needs this person at every host", async () => {
    await open("elsewhere");
    await userEvent.click(screen.getByText("Sort the notes"));
    await userEvent.click(button(/^Needs you Needs you/));
    await userEvent.click(within(screen.getByRole("region", { name: "Inbox" })).getByRole("button", { name: /Split the session store/ }));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("Split the session store");
  });

  it("keeps a lost host’s session readable, and says which one is lost", async () => {
    await open("elsewhere-lost");
    expect(await screen.findByText(/Ada’s workbench is out of reach/)).toBeTruthy();
    expect(screen.getByRole("textbox", { name: "Message" })).toBeTruthy();
  });

  it("PA5 forgets a host only after a question", async () => {
    const { own, there } = await open("elsewhere");
    await userEvent.click(button("What to do about Ada’s workbench"));
    await userEvent.click(button("Forget"));
    expect(own.asked).toEqual([]);
    const dialog = within(screen.getByRole("dialog", { name: "Forget Ada’s workbench?" }));
    const stop = vi.spyOn(at(there, "kA"), "stop");
    own.scene.elsewhere = { open: null, hosts: [] };
    await userEvent.click(dialog.getByRole("button", { name: "Forget" }));
    expect(own.asked).toEqual([{ method: "forget_host", params: { host: "kA" } }]);
    expect(stop).toHaveBeenCalledOnce();
    await act(async () => {});
    expect(screen.queryByRole("region", { name: "Ada’s workbench" })).toBeNull();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("Sort the notes");
  });

  it("are the owner’s only", async () => {
    await open("guest");
    expect(screen.queryByRole("button", { name: "Join a host" })).toBeNull();
    cleanup();
    await open("owner");
    expect(screen.getAllByRole("button", { name: "Join a host" })).toHaveLength(2);
  });
});
