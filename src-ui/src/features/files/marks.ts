import type { ChangedFile } from "../../gen/ChangedFile";
import type { ChangedHow } from "../../gen/ChangedHow";

/** What became of files and, by that, of the folders above them. */
export type Marks = { files: ReadonlyMap<string, ChangedHow>; /** Something below has changed. */ folders: ReadonlySet<string>; /** Files that are not there any more. */ gone: readonly string[] };

export function marksOf(changed: readonly ChangedFile[]): Marks {
  const files = new Map(changed.map(({ path, how }) => [path, how]));
  const folders = new Set(changed.flatMap(({ path }) => foldersOf(path)));
  return { files, folders, gone: changed.filter(({ how }) => how === "deleted").map(({ path }) => path) };
}

/** The folders that a path is in, from the top. */
export function foldersOf(path: string): string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, at) => names.slice(0, at + 1).join("/"));
}
