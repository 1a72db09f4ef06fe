import { isOwnWindow } from "../link";
import { t } from "../messages/t";
import { actOnLayout } from "../state/layout";
import { focused, MOST_PANES, panesOf, tabKey, type Layout } from "../state/layout/model";
import type { Action } from "./action";

/** What keys and the palette do with tabs and panes. A browser keeps some keys for its own tabs; there Alt stands for them. */
export function paneActions(layout: Layout): Action[] {
  const pane = focused(layout);
  const panes = panesOf(layout);
  const keys = pane.tabs.map(tabKey);
  const at = keys.indexOf(pane.active ?? "");
  const full = panes.length >= MOST_PANES;
  const mod = isOwnWindow() ? "Mod" : "Alt";
  const choose = (index: number) => () => {
    const key = keys[(index + keys.length) % keys.length];
    if (key !== undefined) actOnLayout({ type: "choose", key });
  };
  const step = (by: number) => () => {
    const next = panes[(panes.indexOf(pane) + by + panes.length) % panes.length];
    if (next) actOnLayout({ type: "focus", pane: next.id });
    focusPane();
  };
  const tabs = (id: string, words: string, chord: string | undefined, off: boolean, run: () => void): Action => ({ id, group: "tabs", words, keys: chord, off, run });
  const of = (id: string, words: string, chord: string | undefined, off: boolean, run: () => void): Action => ({ id, group: "panes", words, keys: chord, off, run });
  return [
    tabs("tab-next", t("action.tab_next"), "Mod+Shift+]", keys.length < 2, choose(at + 1)),
    tabs("tab-previous", t("action.tab_previous"), "Mod+Shift+[", keys.length < 2, choose(at - 1)),
    ...keys.slice(0, 9).map((_, index): Action => ({ ...tabs(`tab-${index + 1}`, "", `Mod+${index + 1}`, false, choose(index)), keyOnly: true })),
    tabs("tab-close", t("tab.close"), `${mod}+W`, at < 0, () => actOnLayout({ type: "close_tab", key: keys[at] ?? "" })),
    tabs("reopen", t("pane.reopen"), `${mod}+Shift+T`, layout.closed.length === 0, () => actOnLayout({ type: "reopen" })),
    of("split-right", t("pane.split_right"), "Mod+\\", full, () => actOnLayout({ type: "split", pane: pane.id, side: "right" })),
    of("split-below", t("pane.split_below"), "Mod+Shift+\\", full, () => actOnLayout({ type: "split", pane: pane.id, side: "below" })),
    of("pane-next", t("action.pane_next"), "F6", panes.length < 2, step(1)),
    of("pane-previous", t("action.pane_previous"), "Shift+F6", panes.length < 2, step(-1)),
    of("fold", t("pane.fold"), undefined, panes.filter(({ folded }) => !folded).length < 2, () => actOnLayout({ type: "fold", pane: pane.id })),
    of("pane-close", t("pane.close"), undefined, panes.length < 2, () => actOnLayout({ type: "close_pane", pane: pane.id })),
  ];
}

/** To where one writes in the focused pane, or to its first control. */
export function focusPane(): void {
  requestAnimationFrame(() => {
    const pane = document.querySelector("[data-focused=true]") ?? document;
    const wanted = ["[data-composer]", "[role=tab][aria-selected=true]", "button"];
    const found = wanted.map((one) => pane.querySelector<HTMLElement>(one)).find((one) => one !== null);
    found?.focus();
  });
}
