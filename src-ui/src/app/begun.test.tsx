import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { CannedLink } from "../../dev/canned-link";
import { renderOver } from "../../dev/render";
import type { Scene } from "../../dev/scene";
import { SCENES } from "../../dev/scenes";
import { beginAnew } from "../../dev/whole-window";
import { App } from "./app";

beginAnew();

it("WI20 a session just made is written in at once, and one that is only opened is not", async () => {
  const link = new CannedLink({ ...(SCENES.inbox as Scene), replies: { open_session: { kind: "session", session: "s5", workspace: "w1" } } });
  await renderOver(link, <App />);
  const area = () => screen.getByRole("textbox", { name: "Message" });
  await userEvent.click(area());
  await userEvent.keyboard("/new{Enter}");
  await screen.findByRole("tab", { selected: true, name: /Name the metrics/ });
  await expect.poll(() => document.activeElement).toBe(area());
  await userEvent.click(screen.getAllByRole("button", { name: /Migrate the tests/ })[0] as HTMLElement);
  await screen.findByRole("tab", { selected: true, name: /Migrate the tests/ });
  expect(document.activeElement).not.toBe(area());
});
