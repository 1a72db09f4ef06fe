import { ArrowLeft, AtSign, FileDiff, Image, Pencil, WrapText } from "lucide-react";
import { t } from "../../messages/t";
import { useInsert } from "../../state/files";
import { setTaste, useTaste } from "../../state/taste";
import { Button } from "../../ui/button";
import { CopyButton } from "../../ui/copy-button";
import css from "./files.module.css";

type Props = {
  workspace: string;
  path: string;
  /** Its lines can be wrapped. */
  wraps: boolean;
  /** Whether its change is shown; `null` where there is none to show. */
  change: { on: boolean; set: (on: boolean) => void } | null;
  /** Whether it is shown as the picture that it draws; `null` where it draws none. */
  drawn: { on: boolean; set: (on: boolean) => void } | null;
  onBack: () => void;
  onEdit: (() => void) | null;
};

/** Which file it is, and what can be done with it. */
export function FileHead({ workspace, path, wraps, change, drawn, onBack, onEdit }: Props) {
  const { wrap } = useTaste();
  const insert = useInsert(workspace);
  const mention = () => {
    insert?.(`@${path}`);
    requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-focused=true] [data-composer]")?.focus());
  };
  const changeWords = t(change?.on ? "files.whole" : "files.change");
  return (
    <header className={css.head}>
      <Button look="quiet" square className={css.back} aria-label={t("files.back")} title={t("files.back")} onClick={onBack}>
        <ArrowLeft size={15} aria-hidden />
      </Button>
      <code className={css.path} title={path}>
        {path}
      </code>
      <div className={css.tools}>
        {drawn && (
          <Button look="quiet" square aria-label={t("files.drawn")} title={t("files.drawn")} aria-pressed={drawn.on} onClick={() => drawn.set(!drawn.on)}>
            <Image size={15} aria-hidden />
          </Button>
        )}
        {change && (
          <Button look="quiet" square aria-label={changeWords} title={changeWords} onClick={() => change.set(!change.on)}>
            <FileDiff size={15} aria-hidden />
          </Button>
        )}
        {wraps && (
          <Button look="quiet" square aria-label={t("changes.wrap")} title={t("changes.wrap")} aria-pressed={wrap} onClick={() => setTaste({ wrap: !wrap })}>
            <WrapText size={15} aria-hidden />
          </Button>
        )}
        <CopyButton label={t("files.copy_path")} text={() => path} />
        {insert && (
          <Button look="quiet" square aria-label={t("files.insert")} title={t("files.insert")} onClick={mention}>
            <AtSign size={15} aria-hidden />
          </Button>
        )}
        {onEdit && (
          <Button onClick={onEdit}>
            <Pencil size={13} aria-hidden /> {t("files.edit")}
          </Button>
        )}
      </div>
    </header>
  );
}
