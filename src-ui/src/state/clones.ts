import { useState } from "react";
import { t } from "../messages/t";
import { wrongOf, type Wrong } from "./attempt";
import { Cell } from "./cell";
import { useInView } from "./in-view";
import { useSend } from "./index";
import { askOfRepository } from "./repositories";
import { tellDone } from "./toasts";
import { useCell } from "./use-cell";

/** A repository on its way to this host, or one that did not come and why, until that has been read. */
export type Clone = { id: number; from: string; into: string; wrong: Wrong | null };

const clones = new Cell<readonly Clone[]>([]);
let last = 0;

export function useClones(): readonly Clone[] {
  return useCell(clones);
}

/** What a clone will be called, or nearly so: the last word of the address. */
export function shortOf(from: string): string {
  const last = from.replace(/\/+$/, "").split(/[/:]/).at(-1) ?? "";
  return last.replace(/\.git$/, "") || from;
}

export function dropClone(id: number): void {
  clones.set(clones.get().filter((one) => one.id !== id));
}

/**
 * Clones a repository at the host. It goes on when what asked for it has gone from the page; the end is then told beside
 * the page, and a failure stays with what was typed.
 */
export function useClone(): { clone: (from: string, into: string) => Promise<string | null>; busy: boolean; wrong: Wrong | null } {
  const send = useSend();
  const shown = useInView();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const clone = async (from: string, into: string) => {
    const id = ++last;
    clones.set([...clones.get(), { id, from, into, wrong: null }]);
    setBusy(true);
    setWrong(null);
    try {
      const reply = await send({ method: "clone_repository", params: { from, into: into === "" ? null : into } });
      dropClone(id);
      if (reply.kind !== "repository") return null;
      const { repository } = reply;
      if (shown.current) return repository;
      const next = { label: t("workspace.new"), run: () => askOfRepository({ repository, wish: "workspace" }) };
      tellDone(t("clone.done", { name: shortOf(from) }), next);
    } catch (error) {
      const why = wrongOf(error);
      setWrong(why);
      if (shown.current) dropClone(id);
      else clones.set(clones.get().map((one) => (one.id === id ? { ...one, wrong: why } : one)));
    } finally {
      setBusy(false);
    }
    return null;
  };
  return { clone, busy, wrong };
}
