import { useCallback, useEffect, useRef, useState } from "react";
import type { AgentRow } from "../gen/AgentRow";
import { wrongOf, type Wrong } from "./attempt";
import { useAgents, useLink, useStore } from "./index";

export type Checks = {
  /** Agents that have not answered yet, the one that is asked now first. */
  open: readonly string[];
  /** Why the host could not even ask. */
  wrong: Readonly<Record<string, Wrong>>;
  /** Asks each of them what it is, one after the other. */
  check: (agents: readonly string[]) => void;
};

/** Checks of agents. Those that are due by `isDue` are begun by themselves. */
export function useChecks(isDue: (row: AgentRow) => boolean = due): Checks {
  const store = useStore();
  const [open, setOpen] = useState<readonly string[]>([]);
  const [wrong, setWrong] = useState<Readonly<Record<string, Wrong>>>({});
  const waiting = useRef<string[]>([]);

  const goOn = useCallback(async () => {
    for (;;) {
      const agent = waiting.current[0];
      if (agent === undefined) return;
      try {
        const reply = await store.link.request({ method: "probe_agent", params: { agent } });
        if (reply.kind === "agent") store.learn(reply.agent);
      } catch (error) {
        setWrong((known) => ({ ...known, [agent]: wrongOf(error) }));
      }
      waiting.current = waiting.current.slice(1);
      setOpen(waiting.current);
    }
  }, [store]);

  const check = useCallback(
    (agents: readonly string[]) => {
      const fresh = agents.filter((agent) => !waiting.current.includes(agent));
      if (fresh.length === 0) return;
      const idle = waiting.current.length === 0;
      waiting.current = [...waiting.current, ...fresh];
      setOpen(waiting.current);
      setWrong((known) => Object.fromEntries(Object.entries(known).filter(([agent]) => !fresh.includes(agent))));
      if (idle) void goOn();
    },
    [goOn],
  );

  useDue(check, isDue);
  // Who looks no more wants no more of them; the one under way goes on at the host.
  useEffect(() => () => void (waiting.current = []), []);
  return { open, wrong, check };
}

function useDue(check: Checks["check"], isDue: (row: AgentRow) => boolean) {
  const agents = useAgents();
  const live = useLink().kind === "live";
  const begun = useRef(new Set<string>());
  useEffect(() => {
    if (!live) return;
    const fresh = agents.filter((row) => isDue(row) && !begun.current.has(row.agent)).map((row) => row.agent);
    for (const agent of fresh) begun.current.add(agent);
    check(fresh);
  }, [agents, live, check, isDue]);
}

function due(row: AgentRow): boolean {
  return row.details?.due ?? false;
}
