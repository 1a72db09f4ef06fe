import type { SessionRow } from "../../gen/SessionRow";
import { t } from "../../messages/t";
import { Badge } from "../../ui/badge";
import { Dot } from "../../ui/dot";
import css from "./session-list.module.css";

type Props = { sessions: readonly SessionRow[]; onOpen: (session: string) => void };

/** Opens what has waited longest for this person. */
export function NeedsYou({ sessions, onOpen }: Props) {
  const waiting = sessions
    .filter((row) => row.status === "needs_you")
    .sort((a, b) => a.updated_at - b.updated_at);
  const first = waiting[0];
  return (
    <button type="button" className={css.row} disabled={!first} onClick={() => first && onOpen(first.session)}>
      <Dot tone={first ? "need" : "off"} label={first ? t("status.needs_you") : t("sessions.nothing_needs_you")} />
      <span className={css.name}>{first ? t("sessions.needs_you") : t("sessions.nothing_needs_you")}</span>
      {first && <Badge tone="need">{waiting.length}</Badge>}
    </button>
  );
}
