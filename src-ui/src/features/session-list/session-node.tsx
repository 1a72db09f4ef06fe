import type { SessionRow } from "../../gen/SessionRow";
import { t, tn } from "../../messages/t";
import { titleOf } from "../../state/session-title";
import { useUnread } from "../../state/unread";
import { Badge } from "../../ui/badge";
import { cx } from "../../ui/cx";
import { Dot } from "../../ui/dot";
import { toneOf } from "../../ui/status-tone";
import css from "./session-list.module.css";

type Props = { row: SessionRow; current: boolean; onOpen: (session: string) => void };

export function SessionNode({ row, current, onOpen }: Props) {
  const unread = useUnread(row.session) && row.status === "idle";
  const badges = row.needs > 1 || row.queued > 0;
  return (
    <li>
      <button
        type="button"
        className={cx(css.row, css.level3, current && css.on)}
        aria-current={current ? "page" : undefined}
        title={`#${row.number} · ${row.handle} · ${titleOf(row)}`}
        onClick={() => onOpen(row.session)}
      >
        <Dot tone={unread ? "ok" : toneOf(row.status)} label={t(unread ? "status.unread" : `status.${row.status}`)} />
        <span className={cx(css.name, unread && css.unread)}>{titleOf(row)}</span>
        {row.needs > 1 && (
          <Badge tone="need" label={tn("sessions.cards", row.needs)}>
            {row.needs}
          </Badge>
        )}
        {row.queued > 0 && <Badge label={tn("queue.count", row.queued)}>+{row.queued}</Badge>}
        {!badges && <kbd className={css.handle}>{row.handle}</kbd>}
      </button>
    </li>
  );
}
