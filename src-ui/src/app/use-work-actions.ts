import type { Directory } from "../gen/Directory";
import { t } from "../messages/t";
import { showChanges } from "../state/changes";
import { showFiles } from "../state/files";
import { useStore } from "../state/index";
import { beginTerminal, showTerminal, useTerminalsAt } from "../state/terminals";
import type { Action } from "./action";
import { focusPane } from "./pane-actions";
import type { Shown } from "./use-open-tabs";

/** What keys and the palette do with the workspace of what is in front. */
export function useWorkActions(front: Shown | null, directory: Directory | null): Action[] {
  const own = useStore();
  const store = front?.other?.store ?? own;
  const workspace = front && workspaceOf(front, front.other ? front.other.directory : directory);
  const { rows, right } = useTerminalsAt(store, workspace);
  const newest = rows.findLast(({ exit, is_setup }) => !exit && !is_setup);
  const of = (id: string, words: string, keys: string, off: boolean, run: (workspace: string) => void): Action => ({
    id,
    group: "session",
    words,
    keys,
    off: off || workspace === null,
    run: () => workspace !== null && run(workspace),
  });
  const begin = (where: string) => void beginTerminal(store, where);
  const look = (show: (place: string, workspace: string) => void) => (where: string) => {
    show(store.place, where);
    focusPane();
  };
  return [
    of("changes", t("action.changes"), "Mod+D", false, look(showChanges)),
    of("files", t("action.files"), "Mod+P", false, look(showFiles)),
    of("terminal", t("action.terminal"), "Ctrl+`", right !== "drive" && !newest, (where) => (newest ? showTerminal(store.place, where, newest.terminal) : begin(where))),
    of("terminal-new", t("terminal.new"), "Ctrl+Shift+`", right !== "drive", begin),
  ];
}

/** The workspace of what is shown, as long as it is there. */
export function workspaceOf({ row, changes, files, terminal }: Shown, directory: Directory | null): string | null {
  const id = row?.workspace ?? (changes ?? files ?? terminal?.workspace)?.workspace;
  return directory?.workspaces.find(({ workspace, state }) => workspace === id && state !== "deleted")?.workspace ?? null;
}
