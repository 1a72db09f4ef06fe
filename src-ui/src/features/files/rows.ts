import type { ChangedHow } from "../../gen/ChangedHow";
import type { EntryKind } from "../../gen/EntryKind";
import type { FolderEntry } from "../../gen/FolderEntry";
import type { Marks } from "./marks";

/** What is known of one folder. */
export type Known = { entries: readonly FolderEntry[]; /** There is more than the host tells. */ more: boolean; wrong: string | null };

type Place = { key: string; level: number; /** The folder that it is in. */ above: string; at: number; of: number };
export type EntryRow = Place & { kind: "entry"; path: string; name: string; what: EntryKind; bytes: number | null; open: boolean | null; how: ChangedHow | "below" | null; gone: boolean };
/** What is not shown of a folder: `left` can be shown, `null` is told by nobody. */
export type RestRow = Place & { kind: "rest"; left: number | null };
export type NoteRow = Place & { kind: "note"; /** `null` while it is asked for. */ wrong: string | null };
export type Row = EntryRow | RestRow | NoteRow;

export type Tree = { known: ReadonlyMap<string, Known>; open: ReadonlySet<string>; /** How many of a folder's entries are wanted. */ wanted: ReadonlyMap<string, number>; marks: Marks };

/** So many entries of one folder are drawn before somebody asks for more. */
export const STEP = 200;

/** The tree as it is read, from top to bottom. */
export function rowsOf(tree: Tree): Row[] {
  return below(tree, "", 1);
}

export function within(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function below(tree: Tree, folder: string, level: number): Row[] {
  const known = tree.known.get(folder) ?? (isGone(tree, folder) ? { entries: [], more: false, wrong: null } : undefined);
  const alone = { level, above: folder, at: 1, of: 1 };
  if (!known) return [{ ...alone, key: `${folder}/…`, kind: "note", wrong: null }];
  const gone = goneIn(tree.marks, folder, known.entries);
  const entries = [...known.entries, ...gone].toSorted(byKind);
  if (known.wrong !== null && entries.length === 0) return [{ ...alone, key: `${folder}/…`, kind: "note", wrong: known.wrong }];
  const shown = entries.slice(0, tree.wanted.get(folder) ?? STEP);
  const left = entries.length - shown.length;
  const of = shown.length + (left > 0 || known.more ? 1 : 0);
  const rows = shown.flatMap((entry, index): Row[] => {
    const path = within(folder, entry.name);
    const isFolder = entry.kind === "folder";
    const open = isFolder ? tree.open.has(path) : null;
    const how = tree.marks.files.get(path) ?? (isFolder && tree.marks.folders.has(path) ? "below" : null);
    const row: Row = { key: path, kind: "entry", level, above: folder, at: index + 1, of, path, name: entry.name, what: entry.kind, bytes: entry.bytes, open, how, gone: gone.includes(entry) };
    return open ? [row, ...below(tree, path, level + 1)] : [row];
  });
  if (of > shown.length) rows.push({ key: `${folder}/…`, kind: "rest", level, above: folder, at: of, of, left: left > 0 ? left : null });
  return rows;
}

/** Everything in it was deleted, and it with that. */
function isGone({ known, marks }: Tree, folder: string): boolean {
  const above = known.get(folder.slice(0, Math.max(0, folder.lastIndexOf("/"))));
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  return folder !== "" && marks.folders.has(folder) && !above?.entries.some((entry) => entry.name === name);
}

/** Deleted files, and folders that went with them, where they stood. */
function goneIn(marks: Marks, folder: string, there: readonly FolderEntry[]): FolderEntry[] {
  const names = new Set(there.map(({ name }) => name));
  const found: FolderEntry[] = [];
  for (const path of marks.gone) {
    const rest = folder === "" ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
    const name = rest?.split("/")[0];
    if (!rest || !name || names.has(name)) continue;
    names.add(name);
    found.push({ name, kind: rest === name ? "file" : "folder", bytes: null });
  }
  return found;
}

function byKind(a: FolderEntry, b: FolderEntry): number {
  return Number(b.kind === "folder") - Number(a.kind === "folder") || a.name.localeCompare(b.name, undefined, { numeric: true });
}
