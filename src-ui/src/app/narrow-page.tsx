import type { SessionRow } from "../gen/SessionRow";
import { tabKey } from "../state/layout/model";
import { inFront } from "../state/layout/reduce";
import { Guard } from "../ui/guard";
import { BrokenPart } from "./broken-part";
import { ChangesBody } from "./changes-body";
import { FilesBody } from "./files-body";
import { Landing } from "./landing";
import { NarrowHead } from "./narrow-head";
import type { PaneWork } from "./pane-view";
import { RemotePage } from "./remote-page";
import { SessionHead } from "./session-head";
import { SessionPage } from "./session-page";
import { titleOf } from "./tab-words";
import { TerminalBody } from "./terminal-body";
import css from "./pane.module.css";

type Props = { work: PaneWork; title: string; waiting: number; onMenu: () => void };

/** Where there is room for one thing: what the focused pane has in front, under a bar of its own. */
export function NarrowPage({ work, title, waiting, onMenu }: Props) {
  const tab = inFront(work.tabs.layout);
  const { front, company } = work.tabs;
  const reads = front && tab !== null && tab.kind !== "chat";
  const head = (row: SessionRow | null) =>
    row ? (
      <SessionHead
        row={row}
        directory={front?.other ? front.other.directory : work.directory}
        owner={work.owner && !front?.other}
        host={front?.other?.row.label ?? null}
        people={work.people}
        waiting={waiting}
        onMenu={onMenu}
      />
    ) : (
      <NarrowHead title={reads ? titleOf(front) : (front?.other?.row.label ?? title)} company={reads ? company : null} waiting={waiting} onMenu={onMenu} />
    );
  return (
    <div className={css.narrow}>
      <Guard key={tab ? tabKey(tab) : null} instead={(error, again) => <BrokenPart error={error} onAgain={again} />}>
        {tab?.kind === "changes" && front ? (
          <>
            {head(null)}
            <ChangesBody shown={front} />
          </>
        ) : tab?.kind === "files" && front ? (
          <>
            {head(null)}
            <FilesBody shown={front} />
          </>
        ) : tab?.kind === "terminal" && front ? (
          <>
            {head(null)}
            <TerminalBody key={tab.terminal} shown={front} here />
          </>
        ) : tab && front?.other ? (
          <RemotePage host={front.other} row={front.row} here head={head} />
        ) : tab && front?.row ? (
          <SessionPage key={front.row.session} row={front.row} here head={head(front.row)} />
        ) : (
          <>
            {head(null)}
            <Landing work={work} />
          </>
        )}
      </Guard>
    </div>
  );
}
