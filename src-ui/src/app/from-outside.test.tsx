import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { CannedLink } from "../../dev/canned-link";
import { renderOver } from "../../dev/render";
import type { Scene } from "../../dev/scene";
import { SCENES } from "../../dev/scenes";
import { beginAnew } from "../../dev/whole-window";
import type { Around, Note, Notice } from "../link";
import { AroundProvider } from "../state/around";
import { getLayout } from "../state/layout";
import { panesOf } from "../state/layout/model";
import { openSession } from "../state/open-session";
import { showPage } from "../state/page";
import { App } from "./app";

beginAnew();

function fakeAround() {
  const said: string[] = [];
  const shown: Notice[] = [];
  const ears = new Set<(note: Note) => void>();
  const around: Around = {
    leave: () => "given",
    askLeave: async () => "given",
    show: (notice) => shown.push(notice),
    keepRunning: () => said.push("keep running"),
    quit: () => said.push("quit"),
    onNote: (told) => {
      ears.add(told);
      return () => ears.delete(told);
    },
  };
  const tell = (note: Note) => act(async () => ears.forEach((told) => told(note)));
  return { around, said, shown, tell };
}

async function open() {
  const scene = Object.values(SCENES).find((one) => one.directory.sessions.length > 0 && one.link[0]?.kind === "live") as Scene;
  const link = new CannedLink(scene);
  const faked = fakeAround();
  await renderOver(
    link,
    <AroundProvider value={faked.around}>
      <App />
    </AroundProvider>,
  );
  return { link, scene, ...faked };
}

const CLOSING: Note = { kind: "closing", running: 2, needs_you: 1, guests: 0, knocks: 0, terminals: 2 };
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

describe("closing the window", () => {
  it("DT3 asks what is meant, and says what goes on", async () => {
    const { tell, said } = await open();
    await tell(CLOSING);
    expect(screen.getByText("2 sessions are running. 1 session waits for an answer. 2 terminals are open.")).toBeTruthy();
    await press("Keep running in the tray");
    expect(said).toEqual(["keep running"]);
    expect(screen.queryByRole("dialog")).toBeNull();
    await tell(CLOSING);
    await press("Stop and quit");
    expect(said).toEqual(["keep running", "quit"]);
  });

  it("DT3 does nothing when the person stays", async () => {
    const { tell, said } = await open();
    await tell(CLOSING);
    await press("Cancel");
    expect(said).toEqual([]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

describe("a link that was opened", () => {
  it("DT4 fills in an invite, and joins nobody by itself", async () => {
    const { tell, link } = await open();
    await tell({ kind: "link", url: "conclave://join/1.7421.ab" });
    expect((screen.getByLabelText("Invite") as HTMLTextAreaElement).value).toBe("conclave://join/1.7421.ab");
    expect(link.asked).toEqual([]);
  });

  it("DT4 leads nowhere that it does not know", async () => {
    const { tell, link } = await open();
    await tell({ kind: "link", url: "conclave://stop/host" });
    expect(screen.getByText("That link leads nowhere in Conclave")).toBeTruthy();
    expect(link.asked).toEqual([]);
  });

  it("DT5 opens the session that a notice was about", async () => {
    const { tell, scene } = await open();
    const { session } = scene.directory.sessions.at(-1) ?? { session: "" };
    await tell({ kind: "open", key: session });
    expect(panesOf(getLayout()).flatMap(({ tabs }) => tabs)).toContainEqual(expect.objectContaining({ session }));
  });
});

describe("the tray", () => {
  it("DT1 offers new sessions alone for a new session", async () => {
    const { tell } = await open();
    await tell({ kind: "new_session" });
    const found = screen.getAllByRole("option");
    expect(found.every((one) => one.textContent?.startsWith("New session in"))).toBe(true);
  });
});

describe("notices", () => {
  it("DT5 lead from a knock to the inbox", async () => {
    vi.spyOn(document, "hasFocus").mockReturnValue(false);
    const { link, scene, shown, tell } = await open();
    const knocks = [{ knock: "k1", name: "Eve", fingerprint: "0123", asked_at: 1 }] as never;
    await act(async () => link.tell({ method: "directory", params: { ...scene.directory, knocks } }));
    const knock = shown.find(({ title }) => title.includes("Eve"));
    expect(knock?.key).toBe("inbox");
    await tell({ kind: "open", key: knock?.key ?? "" });
    expect(screen.getByRole("heading", { name: /Inbox/ })).toBeTruthy();
    await act(async () => showPage(null));
  });

  it("DT5 go to who looks elsewhere, about what changed", async () => {
    vi.spyOn(document, "hasFocus").mockReturnValue(false);
    const { link, scene, shown } = await open();
    const now = (status: "running" | "needs_you") =>
      act(async () =>
        link.tell({
          method: "directory",
          params: { ...scene.directory, sessions: scene.directory.sessions.map((row, at) => (at === 0 ? { ...row, status } : row)) },
        }),
      );
    await now("running");
    expect(shown.filter(({ key }) => key !== "inbox")).toEqual([]);
    await now("needs_you");
    const { session, title } = scene.directory.sessions[0] ?? { session: "", title: "" };
    expect(shown.filter(({ key }) => key !== "inbox")).toMatchObject([{ key: session, title: `${title} needs you` }]);
  });

  it("DT5 tell of the session in front while another page covers it", async () => {
    vi.spyOn(document, "hasFocus").mockReturnValue(true);
    const { link, scene, shown } = await open();
    const { session } = scene.directory.sessions[0] ?? { session: "" };
    await act(async () => openSession(session));
    const now = (status: "running" | "needs_you") =>
      act(async () =>
        link.tell({
          method: "directory",
          params: { ...scene.directory, sessions: scene.directory.sessions.map((row, at) => (at === 0 ? { ...row, status } : row)) },
        }),
      );
    await now("running");
    await now("needs_you");
    expect(shown).toEqual([]);
    await act(async () => showPage("sessions"));
    await now("running");
    await now("needs_you");
    expect(shown).toMatchObject([{ key: session }]);
    await act(async () => showPage(null));
  });
});
