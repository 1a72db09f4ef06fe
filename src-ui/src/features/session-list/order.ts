import type { Directory } from "../../gen/Directory";

/** Repositories and workspaces by name, sessions newest first: no row changes its place while somebody reads. */
export function ordered(directory: Directory): Directory {
  return {
    ...directory,
    repositories: directory.repositories.toSorted(byName),
    workspaces: directory.workspaces.toSorted(byName),
    sessions: directory.sessions.toSorted((a, b) => b.number - a.number),
  };
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, undefined, { numeric: true });
}
