import type { Directory } from "../../gen/Directory";
import type { SessionRow } from "../../gen/SessionRow";
import { isBusy } from "../../state/busy";
import { titleOf } from "../../state/session-title";

/** Repositories and workspaces by name; sessions by what they want of somebody, then newest first. */
export function ordered(directory: Directory, isUnread: (session: string) => boolean): Directory {
  const rank = ({ session, status }: SessionRow) => {
    if (status === "needs_you") return 0;
    if (isBusy(status)) return 1;
    return status === "idle" && isUnread(session) ? 2 : 3;
  };
  return {
    ...directory,
    repositories: directory.repositories.toSorted(byName),
    workspaces: directory.workspaces.toSorted(byName),
    sessions: directory.sessions.toSorted((a, b) => rank(a) - rank(b) || b.number - a.number),
  };
}

/** Sessions whose title, handle, workspace or repository holds the words, and what they are in. */
export function filtered(directory: Directory, filter: string): Directory {
  const words = filter.trim().toLocaleLowerCase();
  if (words === "") return directory;
  const sessions = directory.sessions.filter((row) => {
    const workspace = directory.workspaces.find((one) => one.workspace === row.workspace);
    const text = `${titleOf(row)} #${row.number} ${row.handle} ${workspace?.name} ${workspace?.repository_name}`;
    return workspace?.state !== "deleted" && text.toLocaleLowerCase().includes(words);
  });
  const workspaces = directory.workspaces.filter((one) => sessions.some((row) => row.workspace === one.workspace));
  const repositories = directory.repositories.filter((one) =>
    workspaces.some((workspace) => workspace.repository === one.repository),
  );
  return { ...directory, repositories, workspaces, sessions };
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, undefined, { numeric: true });
}
