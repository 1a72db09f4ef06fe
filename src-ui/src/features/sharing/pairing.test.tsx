import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { DIRECTORY } from "../../../dev/directory";
import { CODE_UNTIL } from "../../../dev/door";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import type { PairingView } from "../../gen/PairingView";
import { Sharing } from "./sharing";

afterEach(cleanup);

const waiting: PairingView = { share: "sh1", until: CODE_UNTIL, tries: 0, outcome: "waiting" };
const button = (name: string) => screen.getByRole("button", { name });

async function pair() {
  const link = new CannedLink(SCENES.owner as Scene);
  const onClose = vi.fn();
  await renderOver(link, <Sharing workspace="w1" onClose={onClose} />);
  const row = within(await screen.findByRole("listitem", { name: "auth-refactor" }));
  await userEvent.click(row.getByRole("button", { name: "Pair nearby" }));
  await screen.findByRole("dialog", { name: "Pair with “auth-refactor”" });
  const become = (pairing: PairingView) =>
    act(async () => link.tell({ method: "directory", params: { ...DIRECTORY, pairing } }));
  return { link, onClose, become };
}

describe("pairing with somebody nearby", () => {
  it("PA3 shows six digits with the tries and the time that are left, and stops them", async () => {
    const { link, become } = await pair();
    expect(screen.getByText("471 193")).toBeTruthy();
    expect(screen.getByText(/^1:4\d left$/)).toBeTruthy();
    expect(screen.getByRole("status").textContent).toBe("3 tries left");
    await become({ ...waiting, tries: 2 });
    expect(screen.getByRole("status").textContent).toBe("1 try left");
    await userEvent.click(button("Stop"));
    expect(link.asked.map(({ method }) => method)).toEqual(["start_pairing", "stop_pairing"]);
    expect(screen.getByRole("dialog", { name: "Shares" })).toBeTruthy();
  });

  it("says that somebody has come in, and shows the digits no more", async () => {
    const { link, become } = await pair();
    await become({ ...waiting, tries: 1, outcome: "done" });
    expect(screen.getByRole("status").textContent).toBe("Paired. They are in this share now.");
    expect(screen.queryByText("471 193")).toBeNull();
    await userEvent.click(button("Done"));
    expect(link.asked.map(({ method }) => method)).toEqual(["start_pairing"]);
  });

  it("PA3 makes no new code while codes rest", async () => {
    const { become } = await pair();
    await become({ ...waiting, tries: 3, outcome: "burnt" });
    expect(screen.getByRole("status").textContent).toMatch(/^The code is used up\./);
    expect(button("New code")).toHaveProperty("disabled", false);
    await become({ ...waiting, tries: 3, outcome: "burnt", resting_until: Date.now() + 600_000 });
    expect(screen.getByRole("status").textContent).toMatch(/no new one before \d\d:\d\d\.$/);
    expect(button("New code")).toHaveProperty("disabled", true);
  });

  it("a code that another took the place of is no longer shown", async () => {
    const { become } = await pair();
    await become({ ...waiting, until: CODE_UNTIL + 5_000 });
    expect(screen.queryByText("471 193")).toBeNull();
    expect(screen.getByRole("status").textContent).toMatch(/no longer good/);
  });

  it("is taken back when its owner looks away", async () => {
    const { link, onClose } = await pair();
    const dialog = screen.getByRole("dialog", { name: "Pair with “auth-refactor”" });
    dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
    expect(link.asked.at(-1)).toEqual({ method: "stop_pairing", params: {} });
    expect(onClose).toHaveBeenCalled();
  });
});
