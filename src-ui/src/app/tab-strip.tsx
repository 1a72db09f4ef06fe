import { useState, type KeyboardEvent } from "react";
import { t } from "../messages/t";
import { actOnLayout } from "../state/layout";
import { tabKey, type Pane } from "../state/layout/model";
import { Menu } from "../ui/menu";
import { tabEntries } from "./tab-entries";
import { TabHandle } from "./tab-handle";
import type { OpenTabs } from "./use-open-tabs";
import type { Grab } from "./use-tab-drag";
import css from "./pane.module.css";

type Props = { pane: Pane; tabs: OpenTabs; grab: Grab; alone: boolean };

/** The tabs of a pane. Arrow keys go along them, Delete closes one, the menu key says what else. */
export function TabStrip({ pane, tabs, grab, alone }: Props) {
  const [menu, setMenu] = useState<{ key: string; at: DOMRect } | null>(null);
  const keys = pane.tabs.map(tabKey);
  const go = (event: KeyboardEvent, key: string) => {
    if (key === "") return;
    event.preventDefault();
    actOnLayout({ type: "choose", key });
    const strip = event.currentTarget;
    requestAnimationFrame(() => strip.querySelector<HTMLElement>("[role=tab][aria-selected=true]")?.focus());
  };
  const press = (event: KeyboardEvent) => {
    const at = keys.indexOf(pane.active ?? "");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) return go(event, keys[(at + step + keys.length) % keys.length] ?? "");
    if (event.key === "Home") return go(event, keys[0] ?? "");
    if (event.key === "End") return go(event, keys.at(-1) ?? "");
    if (event.key !== "Delete" || pane.active === null) return;
    event.preventDefault();
    actOnLayout({ type: "close_tab", key: pane.active });
  };
  if (keys.length === 0) return <p className={css.untitled}>{t("pane.empty")}</p>;
  return (
    <div className={css.tabs} role="tablist" aria-label={t("tabs")} onKeyDown={press}>
      {pane.tabs.map((tab) => {
        const key = tabKey(tab);
        return (
          <TabHandle
            key={key}
            tab={tab}
            shown={tabs.shown(tab)}
            pane={pane.id}
            front={key === pane.active}
            grab={grab}
            onMenu={(at) => setMenu({ key, at })}
          />
        );
      })}
      {menu && keys.includes(menu.key) && (
        <Menu label={t("tab.menu")} at={menu.at} entries={tabEntries(tabs.layout, pane, menu.key, alone)} onClose={() => setMenu(null)} />
      )}
    </div>
  );
}
