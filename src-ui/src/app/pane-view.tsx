import { useEffect, useRef } from "react";
import type { Directory } from "../gen/Directory";
import { t } from "../messages/t";
import { actOnLayout } from "../state/layout";
import { activeTab, type Pane } from "../state/layout/model";
import { cx } from "../ui/cx";
import { Guard } from "../ui/guard";
import { BrokenPart } from "./broken-part";
import { FoldedPane } from "./folded-pane";
import { Landing } from "./landing";
import { PaneHead } from "./pane-head";
import { TabBody } from "./tab-body";
import type { OpenTabs } from "./use-open-tabs";
import type { Grab } from "./use-tab-drag";
import css from "./pane.module.css";

/** What every pane needs to know of the rest of the window. */
export type PaneWork = {
  tabs: OpenTabs;
  directory: Directory | null;
  owner: boolean;
  people: { shown: boolean; toggle: () => void };
  /** The way to everything that can be opened. */
  onGoTo: () => void;
  /** The way to a new session. */
  onNew: () => void;
};

type Props = { pane: Pane; work: PaneWork; grab: Grab; /** The only one. */ alone: boolean; /** Folded into an upright strip. */ upright: boolean };

/** One pane: its tabs and what can be done with it, and what it has in front. */
export function PaneView({ pane, work, grab, alone, upright }: Props) {
  const here = work.tabs.layout.focus === pane.id;
  const tab = activeTab(pane);
  const look = () => !here && actOnLayout({ type: "focus", pane: pane.id });
  const label = t("pane", { n: work.tabs.layout.columns.flatMap(({ panes }) => panes).indexOf(pane) + 1 });
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (here && !alone) root.current?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [here, alone]);
  if (pane.folded) return <FoldedPane pane={pane} tabs={work.tabs} upright={upright} />;
  return (
    <div
      ref={root}
      className={cx(css.pane, here && !alone && css.here)}
      role="group"
      aria-label={label}
      data-pane={pane.id}
      data-focused={here}
      onPointerDownCapture={look}
      onFocusCapture={look}
    >
      <PaneHead pane={pane} work={work} grab={grab} alone={alone} />
      <div className={css.body} id={`pane-${pane.id}`} role={tab ? "tabpanel" : undefined} aria-labelledby={tab ? `tab-${pane.id}` : undefined}>
        <Guard key={pane.active} instead={(error, again) => <BrokenPart error={error} onAgain={again} />}>
          {tab ? <TabBody tab={tab} work={work} here={here} /> : <Landing work={work} />}
        </Guard>
      </div>
    </div>
  );
}
