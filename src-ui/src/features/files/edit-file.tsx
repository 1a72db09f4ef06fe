import { useRef, useState, type KeyboardEvent } from "react";
import { t } from "../../messages/t";
import { isFailure } from "../../state/failure";
import { wrongOf, type Wrong as WrongWords } from "../../state/attempt";
import type { Edit } from "../../state/edits";
import type { FileText } from "../../state/files";
import { useLink, useSend } from "../../state/index";
import { isPressed, printed } from "../../state/keys";
import { Button } from "../../ui/button";
import { Wrong } from "../../ui/wrong";
import { DropEdit } from "./drop-edit";
import { Mine } from "./mine";
import { StaleCard } from "./stale-card";
import css from "./files.module.css";

type Props = {
  workspace: string;
  path: string;
  /** As it is on disk, as far as that is known. */
  file: FileText | null;
  edit: Edit;
  setEdit: (edit: Edit | null) => void;
  /** Why it can't be read just now. */
  wrong: WrongWords | null;
  onAgain: () => void;
  onWritten: () => void;
};

/** A file written by hand. What is typed stays on this machine until it is saved or dropped. */
export function EditFile({ workspace, path, file, edit, setEdit, wrong, onAgain, onWritten }: Props) {
  const saving = useSaving(workspace, path);
  // What this page has read last may be older than what it knows by its own act.
  const [passed, setPassed] = useState<string | null>(null);
  const [dropping, setDropping] = useState<"all" | "mine" | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const onDisk = file && plain(file.text);
  const stale = saving.stale || (file !== null && wrong === null && file.hash !== edit.was && file.hash !== passed);
  const untouched = edit.mine === null && !stale && onDisk === edit.text;
  const save = async () => {
    if (saving.busy || stale) return;
    const hash = await saving.save(edit);
    if (hash === null) return;
    setPassed(file?.hash ?? null);
    setEdit(edit.mine === null ? null : { ...edit, was: hash });
    onWritten();
    onAgain();
  };
  const cancel = () => (untouched ? setEdit(null) : setDropping("all"));
  const readAgain = async () => {
    const now = await saving.read();
    if (!now) return;
    setPassed(file?.hash === now.hash ? null : (file?.hash ?? null));
    setEdit({ text: plain(now.text), was: now.hash, crlf: isCrlf(now.text), mine: edit.mine ?? edit.text });
    onAgain();
    area.current?.focus();
  };
  // What was typed into the newer text since is mine as well.
  const takeMine = () => setEdit({ ...edit, text: edit.mine ?? edit.text, mine: edit.text === onDisk ? null : edit.text });
  const drop = () => {
    setEdit(dropping === "mine" ? { ...edit, mine: null } : null);
    setDropping(null);
  };
  const press = (event: KeyboardEvent) => {
    if (!isPressed("Mod+S", event.nativeEvent)) return;
    event.preventDefault();
    void save();
  };
  return (
    <div className={css.editing} onKeyDown={press}>
      <div className={css.bar}>
        <span className={css.state} role="status">
          {untouched ? t("files.editing") : t("files.unsaved")}
        </span>
        <Button onClick={cancel}>{t("cancel")}</Button>
        <Button look="primary" disabled={saving.busy || stale || untouched} onClick={save} title={printed("Mod+S")}>
          {t("save")}
        </Button>
      </div>
      {stale && <StaleCard mine={edit.mine ?? edit.text} busy={saving.busy} onRead={readAgain} />}
      <Wrong wrong={saving.wrong ?? wrong} />
      {isMixed(file?.text ?? "") && <p className={css.note}>{t("files.mixed_ends")}</p>}
      <div className={css.sides}>
        <textarea
          ref={area}
          className={css.area}
          aria-label={t("files.text_of", { path })}
          value={edit.text}
          spellCheck={false}
          autoFocus
          onChange={(event) => setEdit({ ...edit, text: event.target.value })}
        />
        {edit.mine !== null && (
          <Mine text={edit.mine} onTake={takeMine} onLeave={() => setDropping("mine")} />
        )}
      </div>
      {dropping && <DropEdit path={path} onClose={() => setDropping(null)} onDrop={drop} />}
    </div>
  );
}

function useSaving(workspace: string, path: string) {
  const send = useSend();
  const reachable = useLink().kind === "live";
  const [busy, setBusy] = useState(false);
  const [stale, setStale] = useState(false);
  const [wrong, setWrong] = useState<WrongWords | null>(null);
  const trying = async <T,>(run: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    setWrong(null);
    try {
      return await run();
    } catch (error) {
      if (isFailure(error) && error.code === "changes_stale") setStale(true);
      else setWrong(wrongOf(error));
      return null;
    } finally {
      setBusy(false);
    }
  };
  const save = (edit: Edit) =>
    trying(async () => {
      const text = edit.crlf ? edit.text.replaceAll("\n", "\r\n") : edit.text;
      const reply = await send({ method: "write_file", params: { workspace, path, text, was: edit.was } });
      return reply.kind === "written" ? reply.hash : null;
    });
  const read = () =>
    trying(async () => {
      const reply = await send({ method: "read_file", params: { workspace, path } });
      setStale(false);
      return reply.kind === "file_text" ? reply : null;
    });
  return { busy: busy || !reachable, stale, wrong, save, read };
}

function plain(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

function isCrlf(text: string): boolean {
  return text.includes("\r\n");
}

/** A text area makes all ends of lines one. */
function isMixed(text: string): boolean {
  return isCrlf(text) ? /[^\r]\n|^\n|\r(?!\n)/.test(text) : text.includes("\r");
}
