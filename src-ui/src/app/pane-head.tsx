import { Plus } from "lucide-react";
import { t } from "../messages/t";
import { actOnLayout } from "../state/layout";
import { activeTab, type Pane } from "../state/layout/model";
import { StoreProvider } from "../state/index";
import { Button } from "../ui/button";
import { PaneMenu } from "./pane-menu";
import type { PaneWork } from "./pane-view";
import { SessionActions } from "./session-actions";
import { TabStrip } from "./tab-strip";
import type { Grab } from "./use-tab-drag";
import css from "./pane.module.css";

type Props = { pane: Pane; work: PaneWork; grab: Grab; alone: boolean };

/** The tabs of a pane, a new one, who is here, and what can be done with session and pane. */
export function PaneHead({ pane, work, grab, alone }: Props) {
  const tab = activeTab(pane);
  const shown = tab && work.tabs.shown(tab);
  const goTo = () => {
    actOnLayout({ type: "focus", pane: pane.id });
    work.onGoTo();
  };
  return (
    <header className={css.head} data-strip>
      <TabStrip pane={pane} tabs={work.tabs} grab={grab} alone={alone} />
      <Button look="quiet" square className={css.new} aria-label={t("tab.new")} title={t("tab.new")} onClick={goTo}>
        <Plus size={15} aria-hidden />
      </Button>
      <span className="grow" />
      {shown?.other && shown.row && (
        <StoreProvider value={shown.other.store}>
          <SessionActions row={shown.row} owner={false} directory={shown.other.directory} host={shown.other.row.label} people={work.people} />
        </StoreProvider>
      )}
      {shown?.row && !shown.other && (
        <SessionActions row={shown.row} owner={work.owner} directory={work.directory} host={null} people={work.people} />
      )}
      <PaneMenu pane={pane} layout={work.tabs.layout} />
    </header>
  );
}
