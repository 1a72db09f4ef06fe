import { LayoutList } from "lucide-react";
import type { SessionRow } from "../../gen/SessionRow";
import { t } from "../../messages/t";
import { usePage } from "../../state/page";
import { Badge } from "../../ui/badge";
import { cx } from "../../ui/cx";
import { Dot, type DotTone } from "../../ui/dot";
import css from "./session-list.module.css";

/** A session, and the way to it. */
export type Waiting = { row: SessionRow; open: () => void };
/** What wants to be seen, at all hosts: what waits for this person, what is at work, what came to rest unseen. */
export type Wanting = {
  needs: readonly Waiting[];
  running: readonly Waiting[];
  unread: readonly Waiting[];
  /** People at the door, and what else the host asks its owner. */
  asked: number;
  toInbox: () => void;
  /** How many sessions there are in reach, and the way to all of them. */
  all: number;
  toSessions: () => void;
};

/** Needs you above running above unread: the first leads to the inbox, the others to what has waited longest. */
export function Attention({ needs, running, unread, asked, toInbox, all, toSessions }: Wanting) {
  const page = usePage();
  const here = page === "inbox";
  const count = needs.length + asked;
  const words = count > 0 ? t("sessions.needs_you") : t("sessions.nothing_needs_you");
  return (
    <>
      <button type="button" className={cx(css.row, here && css.on)} aria-current={here ? "page" : undefined} onClick={toInbox}>
        <Dot tone={count > 0 ? "need" : "off"} label={count > 0 ? t("status.needs_you") : t("sessions.nothing_needs_you")} />
        <span className={css.name}>{words}</span>
        {count > 0 && <Badge tone="need">{count}</Badge>}
      </button>
      {running.length > 0 && <Line tone="run" label={t("status.running")} words={t("sessions.running")} all={running} />}
      {unread.length > 0 && <Line tone="ok" label={t("status.unread")} words={t("sessions.unread")} all={unread} />}
      <button
        type="button"
        className={cx(css.row, page === "sessions" && css.on)}
        aria-current={page === "sessions" ? "page" : undefined}
        onClick={toSessions}
      >
        <LayoutList size={12} aria-hidden className={css.sign} />
        <span className={css.name}>{t("sessions.all")}</span>
        {all > 0 && <Badge>{all}</Badge>}
      </button>
    </>
  );
}

function Line({ tone, label, words, all }: { tone: DotTone; label: string; words: string; all: readonly Waiting[] }) {
  const first = all.toSorted((a, b) => a.row.updated_at - b.row.updated_at)[0];
  return (
    <button type="button" className={css.row} onClick={first?.open}>
      <Dot tone={tone} label={label} />
      <span className={css.name}>{words}</span>
      <Badge>{all.length}</Badge>
    </button>
  );
}
