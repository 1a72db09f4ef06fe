import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { DIRECTORY } from "../../../dev/directory";
import { DOOR, PEOPLE } from "../../../dev/door";
import { ADA, CHEN } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import type { ParticipantView } from "../../gen/ParticipantView";
import { People } from "./people";

afterEach(cleanup);

const draw = (you: ParticipantView) =>
  renderRoom({ view: view(you, {}), replies: DOOR }, (room) => <People room={room} />);
const button = (name: string) => screen.getByRole("button", { name });
const open = async (name: string) => userEvent.click(await screen.findByRole("button", { name: `What to do about ${name}` }));

describe("the people", () => {
  it("RO3 can be muted and unmuted by the owner", async () => {
    const link = await draw(ADA);
    await open("Bea");
    expect(screen.queryByRole("button", { name: "Unmute" })).toBeNull();
    await userEvent.click(button("Mute"));
    await open("Chen");
    await userEvent.click(button("Unmute"));
    expect(link.asked).toEqual([
      { method: "mute", params: { share: "sh1", person: "bea" } },
      { method: "unmute", params: { share: "sh1", person: "chen" } },
    ]);
  });

  it("RO3 SH5 are removed only after a question", async () => {
    const link = await draw(ADA);
    await open("Bea");
    await userEvent.click(button("Remove from “auth-refactor”"));
    expect(link.asked).toEqual([]);
    const dialog = within(screen.getByRole("dialog", { name: "Remove Bea from “auth-refactor”?" }));
    await userEvent.click(dialog.getByRole("button", { name: "Remove" }));
    await open("Bea");
    await userEvent.click(button("Take back all access"));
    await userEvent.click(button("Take back"));
    expect(link.asked).toEqual([
      { method: "kick", params: { share: "sh1", person: "bea" } },
      { method: "revoke_person", params: { person: "bea" } },
    ]);
  });

  it("RO1 have devices, and one is removed by the second press", async () => {
    const link = await draw(ADA);
    await open("Bea");
    await userEvent.click(button("Devices"));
    const devices = within(screen.getByRole("list", { name: "Devices" })).getAllByRole("listitem");
    expect(devices[0]?.textContent).toContain("Chrome 142 on macOSbrowser, unverified · connected");
    await userEvent.click(within(devices[0] as HTMLElement).getByRole("button", { name: "Remove" }));
    expect(link.asked).toEqual([]);
    await userEvent.click(button("Remove for good"));
    expect(link.asked).toEqual([{ method: "revoke_device", params: { device: "d3" } }]);
  });

  it("RO3 can be removed while they are not in the room", async () => {
    const emil = { person: "emil", name: "Emil", colour: 4, here: false, shares: [{ share: "sh1", label: "auth-refactor", muted: true }], devices: [] };
    const gone = { ...emil, person: "farid", name: "Farid", shares: [] };
    const replies = { ...DOOR, people: { kind: "people" as const, people: [...PEOPLE, emil, gone] } };
    const link = await renderRoom({ view: view(ADA, {}), replies }, (room) => <People room={room} />);
    const others = within(await screen.findByRole("region", { name: "Not in this session" }));
    expect(others.getAllByRole("listitem").map((one) => one.textContent)).toEqual(["EEmilauth-refactor muted"]);
    await open("Emil");
    await userEvent.click(button("Unmute"));
    await open("Emil");
    await userEvent.click(button("Remove from “auth-refactor”"));
    await userEvent.click(button("Remove"));
    expect(link.asked).toEqual([
      { method: "unmute", params: { share: "sh1", person: "emil" } },
      { method: "kick", params: { share: "sh1", person: "emil" } },
    ]);
  });

  it("RO2 are said to look at this session, or at another by its number", async () => {
    const directory = DIRECTORY;
    const link = await renderRoom({ view: view(ADA, {}), directory }, (room) => <People room={room} />);
    const look = (person: string) =>
      act(async () => link.tell({ method: "signal", params: { stream: "session:s1", signal: { kind: "looking", person } } }));
    const about = (name: string) => screen.getByText(name).parentElement?.textContent;
    expect(about("Bea")).toBe("Bea");
    await look("bea");
    await look("ada");
    await look("dana");
    expect(about("Bea")).toBe("Bealooking");
    expect(screen.getByText("Ada").closest("li")?.textContent).not.toContain("looking");
    expect(screen.getByText("Dana").closest("li")?.textContent).not.toContain("looking");
  });

  it("are only looked at by guests", async () => {
    await draw(CHEN);
    expect(screen.getByText("Bea")).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });
});
