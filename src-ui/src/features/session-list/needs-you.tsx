import type { SessionRow } from "../../gen/SessionRow";
import { t } from "../../messages/t";
import { Badge } from "../../ui/badge";
import { Dot } from "../../ui/dot";
import css from "./session-list.module.css";

/** A session, and the way to it. */
export type Waiting = { row: SessionRow; open: () => void };

/** Opens what has waited longest for this person. */
export function NeedsYou({ waiting }: { waiting: readonly Waiting[] }) {
  const first = waiting.toSorted((a, b) => a.row.updated_at - b.row.updated_at)[0];
  return (
    <button type="button" className={css.row} disabled={!first} onClick={first?.open}>
      <Dot tone={first ? "need" : "off"} label={first ? t("status.needs_you") : t("sessions.nothing_needs_you")} />
      <span className={css.name}>{first ? t("sessions.needs_you") : t("sessions.nothing_needs_you")}</span>
      {first && <Badge tone="need">{waiting.length}</Badge>}
    </button>
  );
}
