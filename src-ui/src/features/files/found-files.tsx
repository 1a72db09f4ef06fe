import type { KeyboardEvent } from "react";
import { t } from "../../messages/t";
import type { Reply } from "../../gen/Reply";
import type { Marks } from "./marks";
import { HowMark } from "../../ui/how-mark";
import css from "./files.module.css";

type Props = { found: Extract<Reply, { kind: "files" }>; words: string; marks: Marks; reading: string | null; onRead: (path: string) => void };

/** Files that fit what is looked for, the nearest first. */
export function FoundFiles({ found: { paths, more }, words, marks, reading, onRead }: Props) {
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
    all[all.indexOf(document.activeElement as HTMLElement) + step]?.focus();
  };
  if (paths.length === 0) return <p className={css.note}>{t("files.none_found", { words })}</p>;
  return (
    <ul role="list" aria-label={t("files.found")} className={css.found} onKeyDown={press}>
      {paths.map((path) => {
        const how = marks.files.get(path);
        const cut = path.lastIndexOf("/");
        return (
          <li key={path}>
            <button type="button" className={css.row} aria-current={path === reading} title={path} onClick={() => onRead(path)}>
              <span className={css.name}>
                {path.slice(cut + 1)}
                {cut > 0 && <small className={css.folder}>{path.slice(0, cut)}</small>}
              </span>
              {how && <HowMark how={how} />}
            </button>
          </li>
        );
      })}
      {more && <li className={css.note}>{t("files.found_more")}</li>}
    </ul>
  );
}
