import { t } from "../messages/t";
import type { Tab } from "../state/layout/model";
import { Empty } from "../ui/empty";
import { ChangesBody } from "./changes-body";
import { FilesBody } from "./files-body";
import type { PaneWork } from "./pane-view";
import { RemotePage } from "./remote-page";
import { SessionPage } from "./session-page";
import { TerminalBody } from "./terminal-body";
import css from "./pane.module.css";

type Props = { tab: Tab; work: Pick<PaneWork, "tabs" | "directory">; /** Keys go to it. */ here: boolean };

/** What a tab stands for: WI11, it speaks to its own session and to no other. */
export function TabBody({ tab, work, here }: Props) {
  const shown = work.tabs.shown(tab);
  const { row, other, known } = shown;
  if (tab.kind === "changes") return <ChangesBody shown={shown} />;
  if (tab.kind === "files") return <FilesBody shown={shown} />;
  if (tab.kind === "terminal") return <TerminalBody key={tab.terminal} shown={shown} here={here} />;
  if (other) return <RemotePage host={other} row={row} here={here} />;
  if (row && work.directory) return <SessionPage key={row.session} row={row} here={here} />;
  return (
    <div className={css.empty}>
      <Empty title={known ? t("session.gone") : t("start.loading")} />
    </div>
  );
}
