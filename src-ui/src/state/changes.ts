import { useEffect } from "react";
import type { Reply } from "../gen/Reply";
import { useAsked, type Asked } from "./asked";
import { isBusy } from "./busy";
import { useDirectory, useStore } from "./index";
import { actOnLayout } from "./layout";
import { showPage } from "./page";

/** While somebody works there, files are looked at again this often. */
const LOOK_EVERY = 3_000;

/** What became of a workspace's files, looked at again while an agent works in it. */
export function useChanges(workspace: string): Asked<"changes"> {
  const asked = useAsked({ method: "changes", params: { workspace } }, "changes");
  useLookAgain(workspace, asked.again);
  return asked;
}

export type FileView = { path: string; /** Lines around each change. */ context: number; /** Changes of spaces count. */ whitespace: boolean };

/** One file's change, line by line. */
export function useFileChange(workspace: string, { path, context, whitespace }: FileView): Asked<"file_change"> {
  const params = { workspace, path, context, ignore_whitespace: !whitespace };
  const asked = useAsked({ method: "file_change", params }, "file_change");
  useLookAgain(workspace, asked.again);
  return asked;
}

/** Opens them in a tab beside what is read, or shows where they are open already. */
export function useOpenChanges(): (workspace: string) => void {
  const { place } = useStore();
  return (workspace) => {
    showPage(null);
    actOnLayout({ type: "open_beside", tab: { kind: "changes", host: place === "" ? null : place.slice(0, -1), workspace } });
  };
}

function useLookAgain(workspace: string, again: () => void): void {
  const sessions = useDirectory()?.sessions ?? [];
  const works = sessions.some((row) => row.workspace === workspace && isBusy(row.status));
  useEffect(() => {
    if (!works) return;
    const look = () => document.visibilityState === "visible" && again();
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [works, again]);
}

export type Changed = Extract<Reply, { kind: "changes" }>;
