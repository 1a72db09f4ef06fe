import { Search } from "lucide-react";
import { useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { t } from "../../messages/t";
import { matching } from "../../ui/matching";
import type { Entry } from "./entry";
import { Results } from "./results";
import css from "./palette.module.css";

type Props = { entries: readonly Entry[]; onClose: () => void; /** Only what can be done, at first. */ actionsOnly?: boolean };

const MOST = 60;
/** Before the words: only what can be done. */
const ACTIONS = ">";

/** Go to anything: sessions, what can be done, settings. Enter takes the one that is marked. */
export function Palette({ entries, onClose, actionsOnly }: Props) {
  const [text, setText] = useState(actionsOnly ? ACTIONS : "");
  const [marked, setMarked] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useId();
  const found = useMemo(() => results(entries, text), [entries, text]);
  const at = Math.min(marked, found.length - 1);
  // A layout effect, since its cleanup closes before the element is gone: only so focus goes back.
  useLayoutEffect(() => {
    const box = dialog.current;
    if (box && !box.open) box.showModal();
    return () => box?.close();
  }, []);
  const take = (entry: Entry | undefined, beside: boolean) => {
    if (!entry) return;
    onClose();
    if (beside && entry.runBeside) entry.runBeside();
    else entry.run();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (found.length > 0) setMarked((at + step + found.length) % found.length);
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    take(found[at], event.metaKey || event.ctrlKey);
  };
  return (
    <dialog
      ref={dialog}
      className={css.palette}
      aria-label={t("palette")}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className={css.line}>
        <Search size={16} aria-hidden />
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
          aria-label={t("palette.find")}
          placeholder={t("palette.find")}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setMarked(0);
          }}
          onKeyDown={press}
        />
      </div>
      <Results id={list} found={found} marked={at} grouped={text.replace(ACTIONS, "").trim() === ""} onMark={setMarked} onTake={take} />
      <p className={css.foot}>{t("palette.keys")}</p>
    </dialog>
  );
}

function results(entries: readonly Entry[], text: string): Entry[] {
  const actions = text.startsWith(ACTIONS);
  const among = actions ? entries.filter(({ group }) => group === "action" || group === "setting") : entries;
  return matching(among, actions ? text.slice(ACTIONS.length) : text, ({ words, hint }) => `${words} ${hint ?? ""}`).slice(0, MOST);
}
