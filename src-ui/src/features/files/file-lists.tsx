import { useEffect, useRef, useState } from "react";
import { useEdited } from "../../state/edits";
import { useFoundFiles } from "../../state/files";
import { Wrong } from "../../ui/wrong";
import { FileTree } from "./file-tree";
import { FindFiles } from "./find-files";
import { FoundFiles } from "./found-files";
import { marksOf } from "./marks";
import type { Lists } from "./use-lists";
import css from "./files.module.css";

type Props = { workspace: string; /** Which of them it is, where a page has more than one. */ label: string; lists: Lists; reading: string | null; onRead: (path: string) => void };

/** All files in their folders, or those that fit what is looked for. */
export function FileLists({ workspace, label, lists: { changed, folders, wrong, may, lookAgain }, reading, onRead }: Props) {
  const edited = useEdited(workspace);
  const [words, setWords] = useState("");
  const found = useFoundFiles(workspace, words);
  const below = useRef<HTMLDivElement>(null);
  const { reveal } = folders;
  useEffect(() => {
    if (reading !== null) reveal(reading);
  }, [reading, reveal]);
  const first = () => below.current?.querySelector<HTMLElement>("li button, [role=treeitem][tabindex='0']") ?? null;
  return (
    <div className={css.list}>
      <FindFiles workspace={workspace} list={label} words={words} mayMake={may.make} first={first} onWords={setWords} onMade={(path) => (lookAgain(), onRead(path))} />
      <Wrong wrong={wrong} />
      <div ref={below} className={css.scroll}>
        {found ? (
          <FoundFiles found={found} words={words.trim()} marks={marksOf(changed)} reading={reading} onRead={onRead} />
        ) : (
          <FileTree label={label} folders={folders} reading={reading} edited={edited} onRead={onRead} />
        )}
      </div>
    </div>
  );
}
