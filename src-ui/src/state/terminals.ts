import { useEffect, useState } from "react";
import type { TerminalRight } from "../gen/TerminalRight";
import type { TerminalRow } from "../gen/TerminalRow";
import { Cell } from "./cell";
import { failureHint, failureMessage } from "./failure";
import { useStore } from "./index";
import { actOnLayout, showBeside } from "./layout";
import { tabKey, type TerminalTab } from "./layout/model";
import { showPage } from "./page";
import type { Screens } from "./screens";
import type { Store } from "./store";
import { learnTerminals } from "./terminal-numbers";
import { addToast } from "./toasts";
import { useCell } from "./use-cell";

/** `known` says that the host has answered. */
export type Terminals = { rows: readonly TerminalRow[]; right: TerminalRight; known: boolean };

/** Those that run a set-up script, as far as the hosts have said. */
const setups = new Cell<ReadonlySet<string>>(new Set());

export function useSetups(): ReadonlySet<string> {
  return useCell(setups);
}

function learn(rows: readonly TerminalRow[]): void {
  const fresh = rows.filter(({ terminal, is_setup }) => is_setup && !setups.get().has(terminal));
  if (fresh.length > 0) setups.set(new Set([...setups.get(), ...fresh.map(({ terminal }) => terminal)]));
}

const NONE: Terminals = { rows: [], right: "none", known: false };

/** The terminals of a workspace and what this person may do with them, asked anew whenever something has changed. */
export function useTerminals(workspace: string | null): Terminals {
  return useTerminalsAt(useStore(), workspace);
}

export function useTerminalsAt({ link, state, directory }: Store, workspace: string | null): Terminals {
  const live = useCell(state).kind === "live";
  const version = useCell(directory)?.terminals ?? 0;
  const [told, setTold] = useState<{ of: string; by: Store["link"]; terminals: Terminals } | null>(null);
  useEffect(() => {
    if (workspace === null || !live) return;
    let wanted = true;
    const tell = (terminals: Terminals) => wanted && setTold({ of: workspace, by: link, terminals });
    link.request({ method: "terminals", params: { workspace } }).then(
      (reply) => {
        if (reply.kind !== "terminals") return;
        learn(reply.terminals);
        learnTerminals(workspace, reply.terminals);
        tell({ rows: reply.terminals, right: reply.right, known: true });
      },
      () => tell({ ...NONE, known: true }),
    );
    return () => void (wanted = false);
  }, [link, workspace, live, version]);
  return told?.of === workspace && told.by === link ? told.terminals : NONE;
}

export function useScreens(): Screens {
  return useStore().screens;
}

export const NEW_SIZE = { columns: 80, rows: 24 };

/** Opens one in a tab beside what is read, or shows where it is open already. */
export function useOpenTerminal(): (workspace: string, terminal: string) => void {
  const { place } = useStore();
  return (workspace, terminal) => showTerminal(place, workspace, terminal);
}

export function showTerminal(place: string, workspace: string, terminal: string): void {
  showPage(null);
  showBeside(tabOf(place, workspace, terminal));
}

function tabOf(place: string, workspace: string, terminal: string): TerminalTab {
  return { kind: "terminal", host: place === "" ? null : place.slice(0, -1), workspace, terminal };
}

export function closeTerminalTab({ place }: Store, workspace: string, terminal: string): void {
  actOnLayout({ type: "close_tab", key: tabKey(tabOf(place, workspace, terminal)) });
}

/** A new shell in a workspace of this host, and the way to it. */
export async function beginTerminal(store: Store, workspace: string): Promise<void> {
  const terminal = await opened(store, workspace);
  if (terminal !== null) showTerminal(store.place, workspace, terminal);
}

/** A new shell in the tab of one that is gone. */
export async function beginInstead(store: Store, workspace: string, gone: string): Promise<void> {
  const terminal = await opened(store, workspace);
  if (terminal === null) return;
  actOnLayout({ type: "replace", key: tabKey(tabOf(store.place, workspace, gone)), tab: tabOf(store.place, workspace, terminal) });
}

async function opened({ link }: Store, workspace: string): Promise<string | null> {
  try {
    const reply = await link.request({ method: "open_terminal", params: { workspace, size: NEW_SIZE } });
    return reply.kind === "terminal" ? reply.terminal.terminal : null;
  } catch (error) {
    addToast({ message: failureMessage(error), hint: failureHint(error), action: null });
    return null;
  }
}
