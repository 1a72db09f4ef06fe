import { useRef, useState } from "react";
import type { ChangedHow } from "../../gen/ChangedHow";
import { t } from "../../messages/t";
import { useEdit } from "../../state/edits";
import { useFinding, useReader } from "../../state/finding";
import { useFileText } from "../../state/files";
import { useTaste } from "../../state/taste";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/empty";
import { FindWithin } from "../../ui/find-within";
import { CodeLines } from "../../ui/highlight/code-lines";
import { isDrawing } from "../../ui/picture-name";
import { Wrong } from "../../ui/wrong";
import { ChangeLines } from "./change-lines";
import { Drawing } from "./drawing";
import { EditFile } from "./edit-file";
import { FileHead } from "./file-head";
import { languageOf } from "./language";
import { useAgain } from "./use-again";
import css from "./files.module.css";

type Props = {
  workspace: string;
  path: string;
  /** Counts up when it is to be read again. */
  look: number;
  how: ChangedHow | null;
  mayEdit: boolean;
  onBack: () => void;
  onWritten: () => void;
};

/** One file: to read, as a change, or to be written by hand. */
export function FileView({ workspace, path, look, how, mayEdit, onBack, onWritten }: Props) {
  const { answer, wrong, again } = useFileText(workspace, path);
  const [edit, setEdit] = useEdit(workspace, path);
  const [change, setChange] = useState(how === "deleted");
  const [drawn, setDrawn] = useState(false);
  const { wrap } = useTaste();
  const [finding, stopFinding] = useFinding(`files/${workspace}`);
  const root = useRef<HTMLElement>(null);
  useAgain(look, again);
  const changed = change && how !== null;
  const draws = drawn && !changed && edit === null;
  const finds = edit === null && !draws && (changed || (answer !== null && wrong === null));
  useReader(`files/${workspace}`, finds);
  const begin = () => {
    if (!answer) return;
    setChange(false);
    setEdit({ text: answer.text.replaceAll("\r\n", "\n"), was: answer.hash, crlf: answer.text.includes("\r\n"), mine: null });
  };
  const head = { workspace, path, onBack, wraps: edit === null && !draws, change: how === null || edit ? null : { on: changed, set: setChange } };
  return (
    <section ref={root} className={css.file} aria-label={path}>
      <FileHead {...head} drawn={isDrawing(path) && !edit && !changed ? { on: drawn, set: setDrawn } : null} onEdit={mayEdit && answer && !wrong && !edit ? begin : null} />
      {edit ? (
        <EditFile workspace={workspace} path={path} file={answer} edit={edit} setEdit={setEdit} wrong={wrong} onAgain={again} onWritten={onWritten} />
      ) : changed ? (
        <ChangeLines workspace={workspace} path={path} look={look} wrap={wrap} />
      ) : wrong ? (
        <div className={css.refused}>
          <Wrong wrong={wrong} />
          <Button onClick={again}>{t("again")}</Button>
          <Button onClick={onBack}>{t("files.another")}</Button>
        </div>
      ) : !answer ? (
        <Empty title={t("start.loading")} />
      ) : draws ? (
        <Drawing path={path} text={answer.text} />
      ) : (
        <div className={css.text} tabIndex={0} role="group" aria-label={t("files.text_of", { path })}>
          {answer.text === "" ? <p className={css.note}>{t("files.empty")}</p> : <CodeLines language={languageOf(path)} code={answer.text} wrap={wrap} />}
        </div>
      )}
      {finding && finds && <FindWithin label={t("find.file")} root={root} onClose={stopFinding} />}
    </section>
  );
}
