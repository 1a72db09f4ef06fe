import { cleanup } from "@testing-library/react";
import "./patience";
import { afterEach, beforeEach, vi } from "vitest";
import { App } from "../src/app/app";
import { askForRepository } from "../src/state/adding";
import { reloadLayout } from "../src/state/layout";
import { showPage } from "../src/state/page";
import { askOfRepository } from "../src/state/repositories";
import { reloadTaste } from "../src/state/taste";
import { dropToast, getToasts } from "../src/state/toasts";
import { askOfWorkspace } from "../src/state/workspaces";
import { CannedLink } from "./canned-link";
import { renderOver } from "./render";
import type { Scene } from "./scene";
import { SCENES } from "./scenes";

/** Each test of the file begins as somebody who has never been here. */
export function beginAnew() {
  beforeEach(() => {
    localStorage.clear();
    reloadTaste();
    reloadLayout();
    showPage(null);
    askForRepository(null);
    askOfRepository(null);
    askOfWorkspace(null);
    vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} disconnect() {} });
  });
  afterEach(() => {
    cleanup();
    for (const { id } of getToasts()) dropToast(id);
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
}

/** The whole window over a scene. */
export async function openWindow(name = "idle", but: Partial<Scene> = {}): Promise<CannedLink> {
  const link = new CannedLink({ ...(SCENES[name] as Scene), ...but });
  await renderOver(link, <App />);
  return link;
}
