import { ArrowUp, Home } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { createPortal } from "react-dom";
import { t, tn } from "../../messages/t";
import { useHostFolders, type HostFolders } from "../../state/host-folders";
import type { Browsing } from "../../ui/browse";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { FilterField } from "../../ui/filter-field";
import question from "../../ui/question.module.css";
import { Tick } from "../../ui/tick";
import { Wrong } from "../../ui/wrong";
import { crumbsOf, waysTo } from "./crumbs";
import { FolderRows } from "./folder-rows";
import css from "./folders.module.css";

/** Looks for a folder of the host's machine: by its name, by keys, from folder to folder (WI34). */
export function FolderPicker({ begin, what, onTake, onClose }: Browsing) {
  const { listed, wrong, go, again } = useHostFolders(waysTo(begin));
  const [looked, look] = useState<{ at: string | undefined; words: string }>({ at: undefined, words: "" });
  const [hidden, showHidden] = useState(false);
  const inside = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLUListElement>(null);
  const path = listed?.path;
  const words = looked.at === path ? looked.words : "";
  const shown = shownOf(listed, words, hidden);
  const first = () => rows.current?.querySelector<HTMLElement>("[data-folder]");
  const up = listed?.parent ?? null;
  useEffect(() => inside.current?.querySelector("input")?.focus(), [path]);
  const press = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLInputElement && words !== "";
    // A key that is held down ends with the words.
    if (event.key !== "Backspace" || event.repeat || event.nativeEvent.isComposing || typing || up === null) return;
    event.preventDefault();
    go(up);
  };
  // Outside of the form that asks: what is pressed here sends nothing there.
  return createPortal(
    <Dialog title={t(`folders.title_${what}`)} onClose={onClose} wide>
      <div ref={inside} className={css.inside} onKeyDown={press}>
        <div className={css.way}>
          <Button look="quiet" square aria-label={t("folders.home")} title={t("folders.home")} onClick={() => go(null)}>
            <Home size={15} aria-hidden />
          </Button>
          <Button look="quiet" square aria-label={t("folders.up")} title={t("folders.up")} disabled={up === null} onClick={() => go(up)}>
            <ArrowUp size={15} aria-hidden />
          </Button>
          <Crumbs path={path ?? ""} onGo={go} />
        </div>
        <FilterField list={t("folders.list")} label={t("folders.find")} words={words} onWords={(now) => look({ at: path, words: now })} onDown={() => first()?.focus()} onEnter={() => words !== "" && first()?.click()} />
        <Tick checked={hidden} onChange={showHidden}>
          {t("folders.hidden")}
        </Tick>
        <div className={css.list}>
          <FolderRows ref={rows} folders={shown} onOpen={go} onTake={onTake} />
          <p role="status" className={css.note}>
            {listed ? (shown.length === 0 ? t(words === "" ? "folders.none" : "folders.none_fit") : tn("folders.count", shown.length)) : !wrong && t("folders.looking")}
            {listed?.more && ` ${t("folders.more")}`}
          </p>
        </div>
      </div>
      <Wrong wrong={wrong} />
      <div className={question.verbs}>
        {wrong && <Button onClick={again}>{t("again")}</Button>}
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button look="primary" disabled={path === undefined} onClick={() => path !== undefined && onTake(path)}>
          {t("folders.take_this")}
        </Button>
      </div>
    </Dialog>,
    document.body,
  );
}

function Crumbs({ path, onGo }: { path: string; onGo: (path: string) => void }) {
  const crumbs = crumbsOf(path);
  return (
    <nav aria-label={t("folders.path")} className={css.crumbs}>
      {crumbs.map((crumb, at) => (
        <button key={crumb.path} type="button" className={css.crumb} aria-current={at === crumbs.length - 1 ? "location" : undefined} onClick={() => onGo(crumb.path)}>
          {crumb.name}
        </button>
      ))}
    </nav>
  );
}

function shownOf(listed: HostFolders | null, words: string, hidden: boolean) {
  const wanted = words.trim().toLocaleLowerCase();
  // Whoever writes the dot means a hidden one.
  const all = hidden || wanted.startsWith(".");
  return (listed?.folders ?? []).filter(({ name }) => (all || !name.startsWith(".")) && name.toLocaleLowerCase().includes(wanted));
}
