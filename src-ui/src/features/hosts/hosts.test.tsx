import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import { JoinHost } from "./join-host";

afterEach(cleanup);

const HOST = (SCENES.hosts as Scene).elsewhere?.hosts[2]?.row as NonNullable<Scene["elsewhere"]>["hosts"][number]["row"];

async function open(more: Partial<Scene>) {
  const link = new CannedLink({ ...(SCENES.hosts as Scene), ...more });
  const onClose = vi.fn();
  await renderOver(link, <JoinHost onClose={onClose} />);
  return { link, onClose };
}
const button = (name: string) => screen.getByRole("button", { name });

describe("joining a host", () => {
  it("PA2 shows the invite as it was pasted, with the name one wants there, and says that its owner was asked", async () => {
    const { link, onClose } = await open({ replies: { join_host: { kind: "host_joined", host: HOST } } });
    expect(button("Join")).toHaveProperty("disabled", true);
    await userEvent.type(screen.getByLabelText("Invite"), "conclave://join/1.7421.\nab  ");
    const name = screen.getByLabelText("Your name there");
    expect(name).toHaveProperty("value", "Bea");
    await userEvent.clear(name);
    await userEvent.type(name, "Bea K.{Enter}");
    expect(link.asked).toEqual([{ method: "join_host", params: { code: "conclave://join/1.7421.ab", name: "Bea K." } }]);
    expect((await screen.findByRole("status")).textContent).toBe(`The owner of ${HOST.label} has been asked to let you in`);
    await userEvent.click(button("Done"));
    expect(onClose).toHaveBeenCalled();
  });

  it("tells why it was refused, and keeps what was pasted", async () => {
    await open({ refuses: { code: "invite_spent", message: "This invite was used already.", retry: "never" } });
    await userEvent.type(screen.getByLabelText("Invite"), "1.7421.ab");
    await userEvent.click(button("Join"));
    const dialog = within(screen.getByRole("dialog", { name: "Join a host" }));
    expect((await dialog.findByRole("alert")).textContent).toMatch(/was used already/);
    expect(screen.getByLabelText("Invite")).toHaveProperty("value", "1.7421.ab");
  });

  it("PA3 joins a host nearby by the six digits it shows, and says which of them are joined already", async () => {
    const { link } = await open({});
    await userEvent.click(button("Nearby"));
    const rows = within(await screen.findByRole("list", { name: "Hosts nearby" })).getAllByRole("button");
    expect(rows.map((row) => row.textContent)).toEqual([
      "Ada’s workbench192.168.1.20:7421 · 9f2c44e1",
      "Ada’s workbench[fe80::1c2a:44ff:fe10:9b3e]:7421 · 03bb7a10",
      "Faridjoined192.168.1.33:40112 · 000000ff",
    ]);
    await userEvent.click(rows[0] as HTMLElement);
    const code = screen.getByLabelText("Six digits that Ada’s workbench shows");
    await userEvent.type(code, "12-34");
    expect(button("Join")).toHaveProperty("disabled", true);
    await userEvent.type(code, "567{Enter}");
    expect(link.asked).toEqual([{ method: "pair_host", params: { hint: "9f2c44e1", code: "123456", name: "Bea" } }]);
  });

  it("PA3 a wrong code is told, and the next is typed from the start", async () => {
    await open({ refuses: { code: "code_wrong", message: "The code did not match.", retry: "never" } });
    await userEvent.click(button("Nearby"));
    await userEvent.click((await screen.findAllByRole("button", { name: /workbench/ }))[0] as HTMLElement);
    const code = screen.getByLabelText(/Six digits/);
    await userEvent.type(code, "123456{Enter}");
    expect((await screen.findByRole("alert")).textContent).toMatch(/did not match/);
    expect(code).toHaveProperty("value", "");
  });

  it("PA3 says that it has worked when the host that answered forgot the try, and the other one is known", async () => {
    const { link } = await open({ refuses: { code: "no_code", message: "There is no code.", retry: "after_change" } });
    await userEvent.click(button("Nearby"));
    await userEvent.click((await screen.findAllByRole("button", { name: /workbench/ }))[0] as HTMLElement);
    const row = { ...HOST, key: "nyxE4bCn01yObwsaLTxOXw", label: "Ada’s workbench", waiting: false };
    const elsewhere = link.scene.elsewhere as NonNullable<Scene["elsewhere"]>;
    link.scene.elsewhere = { ...elsewhere, hosts: [...elsewhere.hosts, { ...(elsewhere.hosts[0] as (typeof elsewhere.hosts)[number]), row }] };
    await userEvent.type(screen.getByLabelText(/Six digits/), "123456{Enter}");
    expect((await screen.findByRole("status")).textContent).toBe("You have joined Ada’s workbench");
  });

  it("PA4 says in words when what lets one in is kept in a file", async () => {
    const { in_keyring: _, ...row } = HOST;
    await open({ replies: { join_host: { kind: "host_joined", host: { ...row, in_keyring: false } } } });
    await userEvent.type(screen.getByLabelText("Invite"), "1.7421.ab");
    await userEvent.click(button("Join"));
    expect(await screen.findByText(/kept in a file that only your user on this machine can read/)).toBeTruthy();
  });
});
