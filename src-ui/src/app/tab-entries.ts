import { t } from "../messages/t";
import { actOnLayout } from "../state/layout";
import { MOST_PANES, panesOf, tabKey, type Layout, type Pane } from "../state/layout/model";
import type { MenuEntry } from "../ui/menu";

/** What can be done with a tab. */
export function tabEntries(layout: Layout, pane: Pane, key: string, alone: boolean): (MenuEntry | null)[] {
  const single = pane.tabs.length === 1;
  const full = panesOf(layout).length >= MOST_PANES;
  const out = (side: "right" | "below") => () => actOnLayout({ type: "move_out", key, pane: pane.id, side });
  const others = pane.tabs.map(tabKey).filter((one) => one !== key);
  return [
    { label: t("tab.out_right"), run: out("right"), off: single || full },
    { label: t("tab.out_below"), run: out("below"), off: single || full },
    null,
    { label: t("tab.close"), run: () => actOnLayout({ type: "close_tab", key }) },
    {
      label: t("tab.close_others"),
      run: () => others.forEach((one) => actOnLayout({ type: "close_tab", key: one })),
      off: others.length === 0,
    },
    ...(alone ? [] : [{ label: t("pane.close"), run: () => actOnLayout({ type: "close_pane", pane: pane.id }) }]),
  ];
}
