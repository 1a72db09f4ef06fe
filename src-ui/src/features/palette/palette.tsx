import { Search } from "lucide-react";
import { useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { t } from "../../messages/t";
import { matching } from "../../ui/matching";
import { OptionKeys } from "../../ui/options";
import type { Entry } from "./entry";
import { Results } from "./results";
import css from "./palette.module.css";

type Props = { entries: readonly Entry[]; onClose: () => void; /** Only these, at first. */ only?: Only | null };
type Only = "actions" | "new";

const MOST = 60;
/** Before the words: only what can be done, or only what can be begun. */
const SIGNS: Record<Only, string> = { actions: ">", new: "+" };
const GROUPS: Record<Only, readonly Entry["group"][]> = { actions: ["action", "setting"], new: ["new"] };

/** Go to anything: sessions, what can be done, settings. Enter takes the one that is marked. */
export function Palette({ entries, onClose, only }: Props) {
  const [text, setText] = useState(only ? SIGNS[only] : "");
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
      <Results id={list} found={found} marked={at} grouped={text.replace(/^[>+]/, "").trim() === ""} onMark={setMarked} onTake={take} />
      <OptionKeys className={css.foot}>{t("palette.keys")}</OptionKeys>
    </dialog>
  );
}

function results(entries: readonly Entry[], text: string): Entry[] {
  const only = (["actions", "new"] as const).find((one) => text.startsWith(SIGNS[one]));
  const among = only ? entries.filter(({ group }) => GROUPS[only].includes(group)) : entries;
  return matching(among, only ? text.slice(1) : text, ({ words, hint }) => `${words} ${hint ?? ""}`).slice(0, MOST);
}
