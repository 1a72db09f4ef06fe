import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { DIRECTORY } from "../../../dev/directory";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import type { SessionStatus } from "../../gen/SessionStatus";
import { useDirectory } from "../../state/index";
import { Tree } from "./tree";

afterEach(cleanup);

function Drawn() {
  const directory = useDirectory();
  return directory && <Tree directory={directory} current={null} owner filter="" onOpen={() => {}} />;
}

async function draw() {
  const link = new CannedLink({ ...(SCENES["idle"] as Scene), directory: DIRECTORY });
  await renderOver(link, <Drawn />);
  const become = (status: SessionStatus) =>
    act(async () => link.tell({ method: "directory", params: { ...DIRECTORY, sessions: DIRECTORY.sessions.map((row) => (row.session === "s1" ? { ...row, status } : row)) } }));
  await become("idle");
  return become;
}
const titles = () => screen.getAllByTitle(/^#[12] · /).map((one) => one.title.slice(0, 2));
const list = () => screen.getByRole("group", { name: "ledger" }).parentElement as HTMLElement;

describe("the side bar’s order", () => {
  it("WI32 changes, but not while the pointer is over it", async () => {
    const become = await draw();
    expect(titles()).toEqual(["#2", "#1"]);
    fireEvent.pointerEnter(list());
    await become("needs_you");
    expect(titles()).toEqual(["#2", "#1"]);
    fireEvent.pointerLeave(list());
    expect(titles()).toEqual(["#1", "#2"]);
  });

  it("WI32 stays while focus is in it, wherever in it focus goes", async () => {
    const become = await draw();
    act(() => screen.getByTitle(/^#1 · /).focus());
    await become("needs_you");
    expect(titles()).toEqual(["#2", "#1"]);
    act(() => screen.getByTitle(/^#2 · /).focus());
    expect(titles()).toEqual(["#2", "#1"]);
    act(() => screen.getByTitle(/^#2 · /).blur());
    expect(titles()).toEqual(["#1", "#2"]);
  });
});
