import type { ChangedFile } from "../../gen/ChangedFile";

type Place = { key: string; level: number; /** The folder that it is in. */ above: string; at: number; of: number; name: string };
export type FileRow = Place & { kind: "file"; file: ChangedFile };
export type FolderRow = Place & { kind: "folder"; open: boolean; /** All that are below it. */ files: readonly ChangedFile[] };
export type Row = FileRow | FolderRow;

type Folder = { path: string; folders: Map<string, Folder>; files: ChangedFile[] };

/** The folders of changed files as they are read, from top to bottom; what is in a folder that is shut is left out. */
export function rowsOf(files: readonly ChangedFile[], shut: ReadonlySet<string>): Row[] {
  return below(nested(files), "", 1, shut);
}

/** Files one after the other as their folders have them. */
export function inOrder(files: readonly ChangedFile[]): ChangedFile[] {
  return all(nested(files));
}

/** All folders that a file is in, as rows name them. */
export function foldersAbove(path: string): string[] {
  return path.split("/").flatMap((_, at, parts) => (at === 0 ? [] : [parts.slice(0, at).join("/")]));
}

function nested(files: readonly ChangedFile[]): Folder {
  const top: Folder = { path: "", folders: new Map(), files: [] };
  for (const file of files) {
    let folder = top;
    for (const path of foldersAbove(file.path)) {
      const next = folder.folders.get(path) ?? { path, folders: new Map(), files: [] };
      folder.folders.set(path, next);
      folder = next;
    }
    folder.files.push(file);
  }
  return top;
}

/** A folder that has nothing but one folder is read as one with it. */
function joined(folder: Folder): Folder {
  const [only] = folder.folders.values();
  return only && folder.folders.size === 1 && folder.files.length === 0 ? joined(only) : folder;
}

function below({ folders, files }: Folder, above: string, level: number, shut: ReadonlySet<string>): Row[] {
  const of = folders.size + files.length;
  const within = [...folders.values()].flatMap((one, index): Row[] => {
    const folder = joined(one);
    const key = folder.path;
    const open = !shut.has(key);
    const row: Row = { kind: "folder", key, level, above, at: index + 1, of, name: nameIn(above, key), open, files: all(folder) };
    return open ? [row, ...below(folder, key, level + 1, shut)] : [row];
  });
  const rows = files.map((file, index): Row => ({ kind: "file", key: file.path, level, above, at: folders.size + index + 1, of, name: nameIn(above, file.path), file }));
  return [...within, ...rows];
}

function all({ folders, files }: Folder): ChangedFile[] {
  return [...[...folders.values()].flatMap(all), ...files];
}

function nameIn(above: string, path: string): string {
  return above === "" ? path : path.slice(above.length + 1);
}
