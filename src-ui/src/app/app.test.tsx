import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { CannedLink } from "../../dev/canned-link";
import { renderOver } from "../../dev/render";
import type { Scene } from "../../dev/scene";
import { SCENES } from "../../dev/scenes";
import { beginAnew } from "../../dev/whole-window";
import { getLayout } from "../state/layout";
import { inFront } from "../state/layout/reduce";
import { openSession } from "../state/open-session";
import { setDraft } from "../state/taste";
import { App } from "./app";

beginAnew();

async function open(name: string, but: Partial<Scene> = {}): Promise<CannedLink> {
  const scene = { ...(SCENES[name] as Scene), ...but };
  if (scene.session) openSession(scene.session);
  const link = new CannedLink(scene);
  await renderOver(link, <App />);
  return link;
}
const button = (name: string | RegExp) => screen.getByRole("button", { name });

describe("the window", () => {
  it.each(Object.keys(SCENES))("draws %s without a fault", async (name) => {
    const fault = vi.spyOn(console, "error");
    await open(name);
    expect(screen.getAllByRole("main")).toHaveLength(1);
    expect(fault).not.toHaveBeenCalled();
    fault.mockRestore();
  });

  it("offers a first session on a new host", async () => {
    const link = await open("first-run");
    const main = within(screen.getByRole("main"));
    await userEvent.click(main.getByRole("button", { name: "Try it" }));
    await userEvent.type(main.getByLabelText("Path of a git repository on the host"), "/code/ledger{Enter}");
    expect(link.asked).toEqual([
      { method: "try_sample", params: {} },
      { method: "add_repository", params: { path: "/code/ledger" } },
    ]);
  });

  it("WI20 goes from a path to an open session in one press", async () => {
    const link = await open("first-run");
    const scene = SCENES["first-run"] as Scene;
    const replies: Scene["replies"] = {
      add_repository: { kind: "repository", repository: "r1" },
      create_workspace: { kind: "workspace", workspace: "w1" },
      open_session: { kind: "session", session: "s1", workspace: "w1" },
    };
    Object.assign(link.scene, { ...scene, replies });
    const main = within(screen.getByRole("main"));
    expect(main.getByRole("radio", { name: /^Claude Code/ })).toHaveProperty("checked", true);
    expect(main.getByRole("button", { name: "Start" })).toHaveProperty("disabled", true);
    await userEvent.click(main.getByRole("radio", { name: /^opencode/ }));
    await userEvent.type(main.getByLabelText("Path of a git repository on the host"), "/code/ledger");
    await userEvent.click(main.getByRole("button", { name: "Start" }));
    expect(link.asked).toEqual([
      { method: "add_repository", params: { path: "/code/ledger" } },
      { method: "create_workspace", params: { repository: "r1", name: "first" } },
      { method: "open_session", params: { workspace: "w1", choice: { agent: "opencode" }, title: null } },
    ]);
    expect(inFront(getLayout())).toMatchObject({ session: "s1" });
  });

  it("WI20 begins in a workspace that is there, or in a new one", async () => {
    const link = await open("empty");
    const form = within(screen.getByRole("form", { name: "Start a session" }));
    await userEvent.click(form.getByRole("button", { name: "Start" }));
    await userEvent.selectOptions(form.getByLabelText("Where"), "A new workspace of website");
    await userEvent.clear(form.getByLabelText("Name of the workspace"));
    await userEvent.type(form.getByLabelText("Name of the workspace"), "copy{Enter}");
    expect(link.asked).toEqual([
      { method: "open_session", params: { workspace: "w1", choice: { agent: "claude-code" }, title: null } },
      { method: "create_workspace", params: { repository: "r2", name: "copy" } },
    ]);
  });

  it("AG8 looks again for an agent when asked to, and starts none before", async () => {
    const link = await open("first-run");
    expect(link.asked).toEqual([]);
    await userEvent.click(screen.getByText("Not on this machine: goose"));
    await userEvent.click(screen.getByRole("button", { name: "Look again : goose" }));
    expect(link.asked).toEqual([{ method: "probe_agent", params: { agent: "goose" } }]);
  });

  it("tells in the dialog why a repository was refused, and no more at the next try", async () => {
    await open("failure");
    await userEvent.click(button("Add repository"));
    const dialog = within(screen.getByRole("dialog", { name: "Add repository" }));
    await userEvent.type(dialog.getByRole("textbox"), "/code/ledger{Enter}");
    expect((await dialog.findByRole("alert")).textContent).toMatch(/could not write to its disk/);
    expect(dialog.getByRole("textbox").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getAllByText(/could not write to its disk/)).toHaveLength(1);
    await userEvent.keyboard("{Escape}");
  });

  it("AG8 says how to get an agent that is not there", async () => {
    await open("first-run");
    expect(screen.getByText("brew install block-goose-cli")).toBeTruthy();
  });

  it("SH2 lets the owner answer who knocks", async () => {
    const link = await open("knock");
    expect(screen.getByText("Emil wants to join")).toBeTruthy();
    await userEvent.click(button("Let in"));
    expect(link.asked).toEqual([{ method: "admit", params: { knock: "n1" } }]);
  });

  it("asks a guest for a name before it knocks, and says that the owner was asked", async () => {
    const link = await open("name");
    const knock = vi.spyOn(link, "knock");
    expect(button("Ask to come in")).toHaveProperty("disabled", true);
    await userEvent.type(screen.getByLabelText("Your name"), " Emil {Enter}");
    expect(knock).toHaveBeenCalledWith("Emil");
    cleanup();
    await open("waiting");
    expect(screen.getByText("The owner has been asked to let you in")).toBeTruthy();
  });

  it("PA9 tells why the host refuses and what to do", async () => {
    await open("refused");
    expect(screen.getByRole("heading", { name: "This invite was used already" })).toBeTruthy();
    expect(screen.getByText(/Ask the owner for one of your own/)).toBeTruthy();
  });

  it("PA11 says which host a guest’s page is about before that host has spoken", async () => {
    for (const scene of ["name", "waiting", "kicked", "silent"]) {
      await open(scene);
      expect(await screen.findByText("Conclave host at 192.168.1.20:7421")).toBeTruthy();
      cleanup();
    }
    await open("name");
    const fingerprint = within(screen.getByRole("region", { name: "Fingerprint in your invite" }));
    expect(fingerprint.getByText(/^9f2c 44e1 .* b855$/)).toBeTruthy();
    expect(fingerprint.getByText(/Then ask the owner to read out theirs/)).toBeTruthy();
  });

  it("PA9 says that a host which never answered can’t be reached, whom to ask, and tries on", async () => {
    const link = await open("silent");
    expect(await screen.findByRole("heading", { name: "The host can’t be reached" })).toBeTruthy();
    expect(screen.getByText(/Ask its owner whether it runs/)).toBeTruthy();
    expect(screen.getByText(/^Trying again in \d s\.$/)).toBeTruthy();
    const start = vi.spyOn(link, "start");
    await userEvent.click(button("Try now"));
    expect(start).toHaveBeenCalledOnce();
    cleanup();
    await open("owner-silent");
    expect(await screen.findByText(/Start it with “conclave host”/)).toBeTruthy();
    cleanup();
    await open("offline");
    expect(await screen.findByText(/The host is out of reach/)).toBeTruthy();
    expect(screen.queryByRole("heading", { name: "The host can’t be reached" })).toBeNull();
  });

  it.each([
    ["kicked", "You were removed from this share", "Try again"],
    ["revoked", "Your access was taken back", "Try again"],
    ["expired", "This share has ended", "Try again"],
    ["turned_away", "The owner did not let you in", "Try again"],
    ["not_paired", "This host does not let this browser in", "Try again"],
    ["version", "This page and the host do not speak the same version", "Reload the page"],
    ["no_credential", "This page needs a fresh link", "Copy: Command"],
    ["shut", "Conclave could not open its host", "Try again"],
  ])("PA9 tells who is shut out why, and the way out: %s", async (scene, title, way) => {
    await open(scene);
    expect(screen.getByRole("heading", { name: title })).toBeTruthy();
    expect(button(way)).toBeTruthy();
  });

  it("PA9 says why once, and keeps what only the host knows", async () => {
    await open("kicked");
    expect(screen.queryByText("The owner has removed you.")).toBeNull();
    cleanup();
    await open("shut");
    expect(screen.getByText(/is in use by another Conclave/)).toBeTruthy();
  });

  it("names the other host, the repository and the workspace of a session, at any width", async () => {
    await open("elsewhere");
    openSession("s1", "kA");
    expect(await screen.findByText("Ada’s workbench / ledger / auth-refactor")).toBeTruthy();
  });

  it("SE2 ends a session only after a question", async () => {
    const link = await open("idle");
    await userEvent.click(button("Session menu"));
    await userEvent.click(button("End session"));
    expect(link.asked).toEqual([]);
    await userEvent.click(screen.getAllByRole("button", { name: "End session" }).at(-1) as HTMLElement);
    expect(link.asked).toEqual([{ method: "end_session", params: { session: "s1" } }]);
  });

  it("LO11 deletes a session for good only after a question, and only its owner does", async () => {
    const link = await open("idle");
    act(() => setDraft("s1.images", "[]"));
    await userEvent.click(button("Session menu"));
    await userEvent.click(button("Delete session"));
    expect(link.asked).toEqual([]);
    const dialog = within(screen.getByRole("dialog", { name: "Delete “Split the session store” for good?" }));
    expect(dialog.getByText(/^The files in its workspace stay/)).toBeTruthy();
    await userEvent.click(dialog.getByRole("button", { name: "Delete session" }));
    expect(link.asked).toEqual([{ method: "delete_session", params: { session: "s1" } }]);
    expect(localStorage.getItem("conclave.draft.s1.images")).toBeNull();
    cleanup();
    await open("guest");
    await userEvent.click(button("Session menu"));
    expect(screen.queryByRole("button", { name: "Delete session" })).toBeNull();
  });

  it("WS24 forks a session with all its turns, and with the files as they are now where that is wanted; only its owner does", async () => {
    const link = await open("idle", { replies: { fork_workspace: { kind: "workspace", workspace: "w9" }, fork_session: { kind: "session", session: "s9", workspace: "w9" } } });
    await userEvent.click(button("Session menu"));
    await userEvent.click(button("Fork…"));
    const dialog = within(screen.getByRole("dialog", { name: "Fork this session" }));
    await userEvent.click(dialog.getByRole("radio", { name: /^In a new workspace With the files as they are now/ }));
    await userEvent.type(dialog.getByRole("textbox", { name: "Name of the workspace" }), "another{Enter}");
    expect(link.asked).toEqual([
      { method: "fork_workspace", params: { workspace: "w1", checkpoint: null, name: "another" } },
      { method: "fork_session", params: { session: "s1", before: null, title: "Split the session store", workspace: "w9" } },
    ]);
    cleanup();
    await open("guest");
    await userEvent.click(button("Session menu"));
    expect(screen.queryByRole("button", { name: "Fork…" })).toBeNull();
  });

  it("shows a failure with the host’s sentence and a way out", async () => {
    await open("failure");
    await userEvent.click(button("Session menu"));
    await userEvent.click(button("Pause after this turn"));
    expect(await screen.findByText(/could not write to its disk/)).toBeTruthy();
    expect(screen.getByText(/Free some space there/)).toBeTruthy();
    expect(button("Try again")).toBeTruthy();
  });

  it("offers the owner to share, with the number of live shares, and guests no Share", async () => {
    await open("owner");
    await userEvent.click(button("Share 1 share is live"));
    expect(await screen.findByRole("dialog", { name: "Shares" })).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    cleanup();
    await open("observer");
    expect(screen.queryByRole("button", { name: /^Share/ })).toBeNull();
  });

  it("leads the owner to the shares from beside another host’s session", async () => {
    openSession("s1", "kA");
    const scene = SCENES.elsewhere as Scene;
    await renderOver(new CannedLink(scene), <App />);
    expect(screen.queryByRole("button", { name: /^Share/ })).toBeNull();
    await userEvent.click(button("nothing shared"));
    expect(await screen.findByRole("dialog", { name: "Shares" })).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    cleanup();
    await open("guest");
    expect(screen.queryByRole("button", { name: /shared|share open/ })).toBeNull();
  });

  it("says in the tab what waits at the door, on either side of it", async () => {
    await open("knock");
    expect(document.title).toBe("(2) Split the session store · Conclave");
    cleanup();
    await open("waiting");
    expect(document.title).toBe("The owner has been asked to let you in · Conclave");
  });

  it("PA11 tells a guest’s browser once that its link is unverified", async () => {
    await open("guest");
    expect(screen.getByRole("note").textContent).toMatch(/can’t prove by itself/);
    await userEvent.click(button("I have compared it"));
    expect(screen.queryByRole("note")).toBeNull();
    cleanup();
    await open("guest");
    expect(screen.queryByRole("note")).toBeNull();
  });

  it("SH8 asks the owner once about a fork of what is shared", async () => {
    const link = await open("fork");
    expect(screen.getByText("fix-flaky-import was forked from auth-refactor")).toBeTruthy();
    await userEvent.click(button("Share it too"));
    expect(link.asked).toEqual([{ method: "answer_fork_offer", params: { fork: "w2", share: true } }]);
  });

  it("RO2 shows everybody with what they may do and whether they are there", async () => {
    await open("vote");
    await userEvent.click(button("Show people"));
    const people = screen.getByRole("complementary", { name: "People" });
    expect(people.textContent).toContain("Beadrivingsteer, approve");
    expect(people.textContent).toMatch(/Danaaway \d:\d\dsee/);
    expect(people.textContent).toContain("Ada · youhosteverything");
  });

  it("WI41 draws the transcript as a log that does not read itself out, beside one that is said", async () => {
    await open("idle");
    expect(screen.getByRole("log", { name: "Transcript" }).getAttribute("aria-live")).toBe("off");
    expect(document.querySelectorAll(".only-read-aloud [role=alert]")).toHaveLength(1);
  });
});
