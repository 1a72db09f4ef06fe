import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { t } from "../messages/t";
import { isBusy } from "../state/busy";
import { useStore } from "../state/index";
import { actOnLayout } from "../state/layout";
import { tabKey, type Tab } from "../state/layout/model";
import { useTerminalsAt } from "../state/terminals";
import { cx } from "../ui/cx";
import { Dot } from "../ui/dot";
import { toneOf } from "../ui/status-tone";
import { tabHint, titleOf } from "./tab-words";
import type { Shown } from "./use-open-tabs";
import type { Grab } from "./use-tab-drag";
import css from "./pane.module.css";

type Props = { tab: Tab; shown: Shown; pane: number; front: boolean; grab: Grab; onMenu: (at: DOMRect) => void };

/** One tab: its session's own number and title, and a dot when that session wants to be looked at. */
export function TabHandle({ tab, shown, pane, front, grab, onMenu }: Props) {
  const key = tabKey(tab);
  const ref = useRef<HTMLDivElement>(null);
  const { row } = shown;
  const title = titleOf(shown);
  const own = useStore();
  // So that it is known what a terminal is for before it is looked at.
  useTerminalsAt(shown.other?.store ?? own, shown.terminal?.workspace.workspace ?? null);
  const close = () => actOnLayout({ type: "close_tab", key });
  useEffect(() => {
    if (front) ref.current?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [front]);
  useEffect(() => {
    const handle = ref.current;
    // React hears these passively: there a page could not be kept still.
    for (const type of ["touchmove", "touchend"]) handle?.addEventListener(type, grab.steady, { passive: false });
    return () => ["touchmove", "touchend"].forEach((type) => handle?.removeEventListener(type, grab.steady));
  }, [grab]);
  return (
    <div ref={ref} role="presentation" className={cx(css.tab, front && css.front)} data-tab={key}>
      <button
        type="button"
        role="tab"
        id={front ? `tab-${pane}` : undefined}
        className={css.handle}
        aria-selected={front}
        aria-controls={front ? `pane-${pane}` : undefined}
        tabIndex={front ? 0 : -1}
        title={tabHint(shown)}
        onClick={() => actOnLayout({ type: "choose", key })}
        onAuxClick={(event) => event.button === 1 && close()}
        onPointerDown={(event) => {
          const at = event.currentTarget;
          grab.take(event, { key, words: title, onHeld: () => onMenu(at.getBoundingClientRect()) });
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          // A finger that holds still asks for it too, on some systems: it may still move.
          if (!grab.carries()) onMenu(event.currentTarget.getBoundingClientRect());
        }}
      >
        {row && (isBusy(row.status) || row.status === "interrupted") && (
          <Dot tone={toneOf(row.status)} label={t(`status.${row.status}`)} />
        )}
        {row && <span className={css.number}>#{row.number}</span>}
        <span className={css.title}>{title}</span>
      </button>
      {/* For a pointer; keys close a tab by Delete. */}
      <button type="button" className={css.close} aria-hidden tabIndex={-1} title={t("tab.close")} onClick={close}>
        <X size={13} aria-hidden />
      </button>
    </div>
  );
}
