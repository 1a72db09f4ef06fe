import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { CannedLink } from "../../dev/canned-link";
import { renderOver } from "../../dev/render";
import type { Scene } from "../../dev/scene";
import { SCENES } from "../../dev/scenes";
import { beginAnew } from "../../dev/whole-window";
import { openSession } from "../state/open-session";
import * as sessionPage from "./session-page";
import { App } from "./app";

beginAnew();

describe("a part of the page that breaks", () => {
  it("WI22 takes nothing else with it, says what is safe, and comes back", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const broken = vi.spyOn(sessionPage, "SessionPage").mockImplementation(() => {
      throw new Error("no such kind of card");
    });
    const scene = SCENES["inbox"] as Scene;
    openSession("s1", null);
    await renderOver(new CannedLink(scene), <App />);
    await act(async () => {});
    const alert = within(screen.getByRole("alert", { name: "This part of the page broke" }));
    expect(alert.getByText("This part of the page broke")).toBeTruthy();
    expect(alert.getByText("no such kind of card")).toBeTruthy();
    expect(screen.getByRole("navigation")).toBeTruthy();
    broken.mockRestore();
    await userEvent.click(alert.getByRole("button", { name: "Try again" }));
    expect(screen.getByRole("textbox", { name: "Message" })).toBeTruthy();
  });

  it("PA10 a state that a newer host has is shown by its own word", async () => {
    const scene = SCENES["inbox"] as Scene;
    const sessions = scene.directory?.sessions.map((row) => ({ ...row, status: "needs_a_wizard" as "idle" })) ?? [];
    openSession("s1", null);
    await renderOver(new CannedLink({ ...scene, directory: { ...scene.directory, sessions } } as Scene), <App />);
    await act(async () => {});
    expect(screen.getAllByRole("img", { name: "needs a wizard" }).length).toBeGreaterThan(0);
  });
});
