import { t } from "../messages/t";
import { usePage } from "../state/page";
import { Inbox } from "./inbox/inbox";
import { NarrowPage } from "./narrow-page";
import type { PaneWork } from "./pane-view";
import { Sessions } from "./sessions/sessions";
import { Workbench } from "./workbench";

type Props = {
  work: PaneWork;
  narrow: boolean;
  hostName: string | undefined;
  /** How much waits for this person, beside the way to it. */
  waiting: number;
  onMenu: () => void;
};

/** The panes, or the page that stands in their place. */
export function Centre({ work, narrow, hostName, waiting, onMenu }: Props) {
  const page = usePage();
  const menu = narrow ? onMenu : null;
  switch (page) {
    case "inbox":
      return <Inbox directory={work.directory} tabs={work.tabs} owner={work.owner} onMenu={menu} />;
    case "sessions":
      return <Sessions directory={work.directory} tabs={work.tabs} owner={work.owner} onNew={work.onNew} onMenu={menu} />;
    case null:
      return (
        <>
          {!narrow && !work.tabs.front?.row && <h1 className="only-read-aloud">{hostName ?? t("app")}</h1>}
          {narrow ? <NarrowPage work={work} title={hostName ?? t("app")} waiting={waiting} onMenu={onMenu} /> : <Workbench work={work} />}
        </>
      );
  }
}
