import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { archived } from "../../../dev/directory";
import { raced, STORE, worktree } from "../../../dev/files";
import { BEA, CHEN, welcome } from "../../../dev/people";
import { renderOver } from "../../../dev/render";
import { snapshot, view } from "../../../dev/room";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import { reloadTaste, setDraft } from "../../state/taste";
import FilesPage from "./files-page";

const PATH = "src/session/store.rs";
const idle = SCENES["idle"] as Scene;

beforeEach(() => {
  localStorage.clear();
  reloadTaste();
  setDraft("w1.reading", PATH);
});
afterEach(cleanup);

async function open(more: Partial<Scene> = { replies: { ...idle.replies, ...worktree({ [PATH]: STORE }) } }) {
  const link = new CannedLink({ ...idle, ...more });
  await renderOver(link, <FilesPage workspace="w1" />);
  await act(async () => {});
  return link;
}
const button = (name: string) => screen.getByRole("button", { name });
const area = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: `Text of ${PATH}` });
const write = (text: string) => fireEvent.change(area(), { target: { value: text } });
const saved = (link: CannedLink) => link.asked.filter(({ method }) => method === "write_file").map((asked) => "params" in asked && asked.params);

describe("a file in the page", () => {
  it("FI8 is written by hand and saved by a key, over exactly what was read", async () => {
    const link = await open();
    await userEvent.click(button("Edit"));
    write("fn main() {}\n");
    expect(screen.getByRole("status").textContent).toBe("Not saved yet");
    area().focus();
    await userEvent.keyboard("{Control>}s{/Control}");
    expect(saved(link)).toMatchObject([{ path: PATH, text: "fn main() {}\n", was: expect.stringContaining("impl SessionStore") }]);
    expect(screen.queryByRole("textbox", { name: `Text of ${PATH}` })).toBeNull();
    expect(screen.getByText("fn main() {}")).toBeTruthy();
  });

  it("FI8 keeps its ends of lines", async () => {
    const link = await open({ replies: { ...idle.replies, ...worktree({ [PATH]: "one\r\ntwo\r\n" }) } });
    await userEvent.click(button("Edit"));
    expect(area().value).toBe("one\ntwo\n");
    write("one\ntwo\nthree\n");
    await userEvent.click(button("Save"));
    expect(saved(link)).toMatchObject([{ text: "one\r\ntwo\r\nthree\r\n" }]);
  });

  it("FI8 is never written over what came meanwhile: what was typed stands beside the newer text", async () => {
    const link = await open({ replies: { ...idle.replies, ...raced(PATH) } });
    await userEvent.click(button("Edit"));
    write("mine\n");
    await userEvent.click(button("Save"));
    expect(screen.getByRole("alert").textContent).toContain("It has changed since you opened it.");
    expect(area().value).toBe("mine\n");
    await userEvent.click(button("Read it again"));
    expect(screen.queryByText("It has changed since you opened it.")).toBeNull();
    expect(area().value).toContain("has ended");
    expect(within(screen.getByRole("region", { name: "What you had typed" })).getByText("mine")).toBeTruthy();
    await userEvent.click(button("Leave mine"));
    await userEvent.click(button("Keep editing"));
    write("both\n");
    await userEvent.click(button("Edit mine instead"));
    expect(within(screen.getByRole("region", { name: "What you had typed" })).getByText("both")).toBeTruthy();
    await userEvent.click(button("Leave mine"));
    await userEvent.click(button("Drop it"));
    await userEvent.click(button("Save"));
    expect(saved(link).at(-1)).toMatchObject({ text: "mine\n", was: expect.stringContaining("has ended") });
  });

  it("FI8 has unsaved text after a reload, and asks before that goes", async () => {
    await open();
    await userEvent.click(button("Edit"));
    write("half a thought");
    cleanup();
    reloadTaste();
    await open();
    expect(area().value).toBe("half a thought");
    expect(within(screen.getByRole("tree")).getByRole("img", { name: "Not saved yet" })).toBeTruthy();
    await userEvent.click(button("Cancel"));
    await userEvent.click(button("Keep editing"));
    expect(area().value).toBe("half a thought");
    await userEvent.click(button("Cancel"));
    await userEvent.click(button("Drop it"));
    expect(screen.queryByRole("textbox", { name: `Text of ${PATH}` })).toBeNull();
    expect(localStorage.getItem(`conclave.draft.w1.file.${PATH}`)).toBeNull();
  });

  it("FI7 is read again when it has become another, and FI8 what is typed meanwhile is kept", async () => {
    const texts = { [PATH]: STORE };
    const link = await open({ replies: { ...idle.replies, ...worktree(texts) } });
    const become = async (text: string, head: number) => {
      texts[PATH] = text;
      const sessions = idle.directory.sessions.map((row) => (row.state === "ended" ? { ...row, head } : row));
      await act(async () => link.tell({ method: "directory", params: { ...idle.directory, sessions } }));
    };
    await become("second\n", 11);
    expect(screen.getByText("second")).toBeTruthy();
    await userEvent.click(button("Edit"));
    write("mine\n");
    await become("third\n", 12);
    expect(area().value).toBe("mine\n");
    expect(screen.getByRole("alert").textContent).toContain("It has changed since you opened it.");
    expect(button("Save")).toHaveProperty("disabled", true);
  });

  it("FI8 is only read in an archived workspace", async () => {
    setDraft("w2.reading", PATH);
    await renderOver(new CannedLink({ ...idle, directory: archived() }), <FilesPage workspace="w2" />);
    await act(async () => {});
    expect(screen.getByText("impl SessionStore {", { exact: false })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Edit" })).toBeNull();
    expect(screen.queryByRole("button", { name: "New file" })).toBeNull();
  });

  it("FI8 goes back without a question when nothing was typed", async () => {
    await open();
    await userEvent.click(button("Edit"));
    await userEvent.click(button("Cancel"));
    expect(button("Edit")).toBeTruthy();
  });

  it("FI8 is for whoever may approve, a new one for the owner", async () => {
    const link = await open();
    await userEvent.click(button("New file"));
    await userEvent.type(screen.getByRole("textbox", { name: "Path of the new file" }), "notes/today.md");
    await userEvent.click(button("Make it"));
    expect(saved(link)).toMatchObject([{ path: "notes/today.md", text: "", was: null }]);
    expect(screen.getByRole("region", { name: "notes/today.md" })).toBeTruthy();
    for (const [who, may] of [[BEA, true], [CHEN, false]] as const) {
      cleanup();
      setDraft("w1.reading", PATH);
      await open({ link: [{ kind: "live", welcome: welcome(who) }], snapshot: snapshot(view(who, {}), idle.snapshot?.events ?? []) });
      expect(screen.queryByRole("button", { name: "New file" })).toBeNull();
      expect(screen.queryByRole("button", { name: "Edit" }) !== null).toBe(may);
    }
  });
});
