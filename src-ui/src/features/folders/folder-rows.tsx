import { Folder, FolderGit2 } from "lucide-react";
import type { KeyboardEvent, MouseEvent, Ref } from "react";
import type { HostFolder } from "../../gen/HostFolder";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import css from "./folders.module.css";

type Props = { ref: Ref<HTMLUListElement>; folders: readonly HostFolder[]; /** Only a repository is chosen from a row; any folder from inside. */ onOpen: (path: string) => void; onTake: (path: string) => void };

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Folders to go into, and repositories to choose as well. */
export function FolderRows({ ref, folders, onOpen, onTake }: Props) {
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    if (step === undefined || !(event.target instanceof HTMLElement)) return;
    event.preventDefault();
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-folder]")];
    const row = event.target.closest("li")?.querySelector<HTMLElement>("[data-folder]");
    rows[rows.findIndex((one) => one === row) + step]?.focus();
  };
  // The second click of two in a row falls on what came in its place.
  const once = (act: () => void) => (event: MouseEvent) => event.detail < 2 && act();
  return (
    <ul ref={ref} role="list" aria-label={t("folders.list")} className={css.rows} onKeyDown={press}>
      {folders.map(({ name, path, repository }) => (
        <li key={path} className={css.row}>
          <button type="button" data-folder className={css.open} title={path} onClick={once(() => onOpen(path))}>
            {repository ? <FolderGit2 size={15} aria-hidden className={css.git} /> : <Folder size={15} aria-hidden />}
            <span className={css.name}>{name}</span>
            {repository && <small className={css.what}>{t("folders.repository")}</small>}
          </button>
          {repository && (
            <Button aria-label={t("folders.take_what", { name })} onClick={once(() => onTake(path))}>
              {t("folders.take")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
