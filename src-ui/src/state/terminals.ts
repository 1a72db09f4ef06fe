import { useEffect, useState } from "react";
import type { TerminalRight } from "../gen/TerminalRight";
import type { TerminalRow } from "../gen/TerminalRow";
import { useDirectory, useLink, useSend, useStore } from "./index";
import { actOnLayout } from "./layout";
import { showPage } from "./page";
import type { Screens } from "./screens";

/** `known` says that the host has answered. */
export type Terminals = { rows: readonly TerminalRow[]; right: TerminalRight; known: boolean };

const NONE: Terminals = { rows: [], right: "none", known: false };

/** The terminals of a workspace and what this person may do with them, asked anew whenever something has changed. */
export function useTerminals(workspace: string | null): Terminals {
  const send = useSend();
  const live = useLink().kind === "live";
  const version = useDirectory()?.terminals ?? 0;
  const [known, setKnown] = useState(NONE);
  useEffect(() => {
    if (workspace === null || !live) return;
    let wanted = true;
    send({ method: "terminals", params: { workspace } }).then(
      (reply) => wanted && reply.kind === "terminals" && setKnown({ rows: reply.terminals, right: reply.right, known: true }),
      () => wanted && setKnown({ ...NONE, known: true }),
    );
    return () => void (wanted = false);
  }, [send, workspace, live, version]);
  return workspace === null ? NONE : known;
}

export function useScreens(): Screens {
  return useStore().screens;
}

/** Opens one in a tab beside what is read, or shows where it is open already. */
export function useOpenTerminal(): (workspace: string, terminal: string) => void {
  const { place } = useStore();
  return (workspace, terminal) => {
    showPage(null);
    actOnLayout({ type: "open_beside", tab: { kind: "terminal", host: place === "" ? null : place.slice(0, -1), workspace, terminal } });
  };
}
