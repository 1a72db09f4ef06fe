import { useEffect, useState, type FocusEvent } from "react";
import { t } from "../../messages/t";
import { useChanges } from "../../state/changes";
import { useEdited, useReading } from "../../state/edits";
import { useFoundFiles } from "../../state/files";
import { useDirectory } from "../../state/index";
import { useHere } from "../../state/rights-in";
import { Empty } from "../../ui/empty";
import { Wrong } from "../../ui/wrong";
import { FileTree } from "./file-tree";
import { FileView } from "./file-view";
import { FindFiles } from "./find-files";
import { FoundFiles } from "./found-files";
import { marksOf } from "./marks";
import { useTree } from "./use-tree";
import css from "./files.module.css";

const NONE: readonly never[] = [];
const SINCE_BASE = { kind: "base" } as const;

/** The files of a workspace as they are now, and one of them to read. */
export default function FilesPage({ workspace }: { workspace: string }) {
  const { owner, rights } = useHere(workspace);
  const active = useDirectory()?.workspaces.find((one) => one.workspace === workspace)?.state !== "archived";
  const [look, setLook] = useState(0);
  const { answer: changed, wrong, again } = useChanges(workspace, SINCE_BASE);
  const files = changed?.files ?? NONE;
  const folders = useTree(workspace, files, look, changed?.seen ?? "");
  const [reading, read] = useReading(workspace);
  const edited = useEdited(workspace);
  const [words, setWords] = useState("");
  const found = useFoundFiles(workspace, words);
  const { reveal } = folders;
  useEffect(() => {
    if (reading !== null) reveal(reading);
  }, [reading, reveal]);
  const lookAgain = () => {
    setLook((n) => n + 1);
    again();
  };
  // Keys come from another part of the page, where somebody may have written files.
  const arrive = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) lookAgain();
  };
  return (
    <div className={css.page} data-reading={reading !== null} onPointerEnter={lookAgain} onFocus={arrive}>
      <div className={css.list}>
        <FindFiles workspace={workspace} words={words} mayMake={owner && active} onWords={setWords} onMade={(path) => (lookAgain(), read(path))} />
        <Wrong wrong={wrong} />
        <div className={css.scroll}>
          {found ? (
            <FoundFiles found={found} words={words.trim()} marks={marksOf(files)} reading={reading} onRead={read} />
          ) : (
            <FileTree folders={folders} reading={reading} edited={edited} onRead={read} />
          )}
        </div>
      </div>
      <div className={css.reading}>
        {reading === null ? (
          <Empty title={t("files.choose")} />
        ) : (
          <FileView
            key={reading}
            workspace={workspace}
            path={reading}
            look={look}
            how={files.find(({ path }) => path === reading)?.how ?? null}
            mayEdit={active && (owner || rights.includes("approve"))}
            onBack={() => read(null)}
            onWritten={lookAgain}
          />
        )}
      </div>
    </div>
  );
}
