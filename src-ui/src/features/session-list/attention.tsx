import type { SessionRow } from "../../gen/SessionRow";
import { t } from "../../messages/t";
import { Badge } from "../../ui/badge";
import { Dot, type DotTone } from "../../ui/dot";
import css from "./session-list.module.css";

/** A session, and the way to it. */
export type Waiting = { row: SessionRow; open: () => void };
/** What wants to be seen, at all hosts: what waits for this person, what is at work, what came to rest unseen. */
export type Wanting = { needs: readonly Waiting[]; running: readonly Waiting[]; unread: readonly Waiting[] };

/** Needs you above running above unread; each opens what has waited longest. */
export function Attention({ needs, running, unread }: Wanting) {
  return (
    <>
      {needs.length > 0 ? (
        <Line tone="need" label={t("status.needs_you")} words={t("sessions.needs_you")} all={needs} />
      ) : (
        <button type="button" className={css.row} disabled>
          <Dot tone="off" label={t("sessions.nothing_needs_you")} />
          <span className={css.name}>{t("sessions.nothing_needs_you")}</span>
        </button>
      )}
      {running.length > 0 && <Line tone="run" label={t("status.running")} words={t("sessions.running")} all={running} />}
      {unread.length > 0 && <Line tone="ok" label={t("status.unread")} words={t("sessions.unread")} all={unread} />}
    </>
  );
}

function Line({ tone, label, words, all }: { tone: DotTone; label: string; words: string; all: readonly Waiting[] }) {
  const first = all.toSorted((a, b) => a.row.updated_at - b.row.updated_at)[0];
  return (
    <button type="button" className={css.row} onClick={first?.open}>
      <Dot tone={tone} label={label} />
      <span className={css.name}>{words}</span>
      <Badge tone={tone === "need" ? "need" : undefined}>{all.length}</Badge>
    </button>
  );
}
