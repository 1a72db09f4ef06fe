import type { SetupScript } from "../gen/SetupScript";
import { t } from "../messages/t";
import { failureMessage, isFailure } from "./failure";
import type { Store } from "./store";
import { NEW_SIZE, showTerminal } from "./terminals";
import { addToast, tellDone } from "./toasts";
import { askOfWorkspace, isAsking } from "./workspaces";

/** After a workspace was made: what wants to be read first is shown, and what runs already is told of (WS23). */
export async function setUpMade(store: Store, workspace: string): Promise<void> {
  const script = await askScript(store, workspace);
  if (script === null) return;
  const read = () => askOfWorkspace({ workspace, wish: "setup" });
  if (script.trusted) tellDone(t("setup.runs"), { label: t("setup.show"), run: () => void showNewest(store, workspace) });
  else if (isAsking()) addToast({ message: t("setup.waits"), hint: null, action: { label: t("setup.read"), run: read } });
  else read();
}

/** Runs it where it is trusted, or shows it first. */
export async function runSetup(store: Store, workspace: string): Promise<void> {
  const script = await askScript(store, workspace, t("setup.none"));
  if (script === null) return;
  if (!script.trusted) return askOfWorkspace({ workspace, wish: "setup" });
  try {
    const reply = await store.link.request({ method: "run_setup", params: { workspace, size: NEW_SIZE } });
    if (reply.kind === "terminal") showTerminal(store.place, workspace, reply.terminal.terminal);
  } catch (error) {
    addToast({ message: failureMessage(error), hint: null, action: null });
  }
}

/** `none` is said where there is no script. */
async function askScript({ link }: Store, workspace: string, none: string | null = null): Promise<SetupScript | null> {
  try {
    const reply = await link.request({ method: "setup", params: { workspace } });
    if (reply.kind === "setup" && reply.script !== null) return reply.script;
    if (none !== null) addToast({ message: none, hint: null, action: null });
  } catch (error) {
    // An older host has no such scripts.
    if (none !== null || !isFailure(error) || error.code !== "unknown_method") addToast({ message: failureMessage(error), hint: null, action: null });
  }
  return null;
}

async function showNewest({ link, place }: Store, workspace: string): Promise<void> {
  try {
    const reply = await link.request({ method: "terminals", params: { workspace } });
    const newest = reply.kind === "terminals" ? reply.terminals.findLast(({ is_setup }) => is_setup) : undefined;
    if (newest) showTerminal(place, workspace, newest.terminal);
    else addToast({ message: t("terminal.gone"), hint: null, action: null });
  } catch (error) {
    addToast({ message: failureMessage(error), hint: null, action: null });
  }
}
