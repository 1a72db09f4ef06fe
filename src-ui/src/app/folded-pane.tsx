import { ChevronsLeftRight, ChevronsUpDown } from "lucide-react";
import { t } from "../messages/t";
import { actOnLayout } from "../state/layout";
import { activeTab, type Pane } from "../state/layout/model";
import { cx } from "../ui/cx";
import { titleOf } from "./tab-words";
import type { OpenTabs } from "./use-open-tabs";
import css from "./pane.module.css";

/** A folded pane: what it has in front, and the way to open it. */
export function FoldedPane({ pane, tabs, upright }: { pane: Pane; tabs: OpenTabs; upright: boolean }) {
  const tab = activeTab(pane);
  const title = tab ? titleOf(tabs.shown(tab)) : t("pane.empty");
  const Icon = upright ? ChevronsLeftRight : ChevronsUpDown;
  return (
    <button
      type="button"
      className={cx(css.folded, upright && css.uprightStrip)}
      title={t("pane.unfold")}
      aria-label={t("pane.unfold_what", { title })}
      onClick={() => actOnLayout({ type: "unfold", pane: pane.id })}
    >
      <Icon size={14} aria-hidden />
      <span>{title}</span>
      {pane.tabs.length > 1 && <small>+{pane.tabs.length - 1}</small>}
    </button>
  );
}
