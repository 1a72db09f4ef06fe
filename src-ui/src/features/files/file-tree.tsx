import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { stepOf } from "../../ui/tree-steps";
import type { Row } from "./rows";
import { TreeRow } from "./tree-row";
import { typedTo } from "./tree-keys";
import type { Folders } from "./use-tree";
import css from "./files.module.css";

/** Letters that follow each other within this are one word. */
const TYPING_MS = 700;

type Props = { /** What it is called. */ label: string; folders: Folders; reading: string | null; edited: ReadonlySet<string>; onRead: (path: string) => void };

/** The folders of a workspace, by pointer or by keys. */
export function FileTree({ label, folders, reading, edited, onRead }: Props) {
  const { rows, turn, more } = folders;
  const [here, setHere] = useState<string | null>(reading);
  const tree = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: -Infinity });
  const at = Math.max(0, rows.findIndex(({ key }) => key === here));
  useEffect(() => {
    if (reading !== null) setHere(reading);
  }, [reading]);
  const go = (row: Row) => {
    setHere(row.key);
    const found = [...(tree.current?.querySelectorAll<HTMLElement>("[role=treeitem]") ?? [])][rows.indexOf(row)];
    found?.focus();
    found?.scrollIntoView?.({ block: "nearest" });
  };
  const take = (row: Row) => {
    setHere(row.key);
    if (row.kind === "rest" && row.left !== null) return more(row.above);
    if (row.kind !== "entry") return;
    if (row.open !== null) return turn(row.path, !row.open);
    if (row.what !== "other") onRead(row.path);
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const now = rows[at];
    const isWord = event.key.length === 1 && (event.key !== " " || event.timeStamp - typed.current.at < TYPING_MS);
    if (now && !isWord && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      return take(now);
    }
    if (isWord) {
      const text = event.timeStamp - typed.current.at < TYPING_MS ? typed.current.text + event.key : event.key;
      typed.current = { text, at: event.timeStamp };
      const found = typedTo(text, rows, at);
      event.preventDefault();
      return found ? go(found) : undefined;
    }
    const step = stepOf(event.key, rows, at, (row) => (row.kind === "entry" ? row.open : null));
    if (!step) return;
    event.preventDefault();
    if ("to" in step) go(step.to);
    else turn(step.turn.key, step.open);
  };
  const click = ({ target }: MouseEvent) => {
    const row = rows[Number((target as Element).closest<HTMLElement>("[data-row]")?.dataset.row)];
    if (row) take(row);
  };
  return (
    <div ref={tree} role="tree" aria-label={label} className={css.tree} onKeyDown={press} onClick={click}>
      {rows.map((row, index) => (
        <TreeRow key={row.key} row={row} here={index === at} read={row.kind === "entry" && row.path === reading} edited={row.kind === "entry" && edited.has(row.path)} index={index} />
      ))}
    </div>
  );
}
