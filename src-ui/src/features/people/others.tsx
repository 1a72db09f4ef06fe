import { MicOff } from "lucide-react";
import type { PersonRow } from "../../gen/PersonRow";
import { t } from "../../messages/t";
import { Face } from "../../ui/face";
import { timeOfDay, useNow } from "../../ui/time";
import { PersonMenu } from "./person-menu";
import css from "./people.module.css";

/** Who may come in but is not in this room, for the owner: they can be muted and removed all the same (RO3). */
export function Others({ rows, onChanged }: { rows: readonly PersonRow[]; onChanged: () => void }) {
  const now = useNow();
  if (rows.length === 0) return null;
  return (
    <section className={css.others} aria-label={t("people.others")}>
      <h3>{t("people.others")}</h3>
      <ul role="list">
        {rows.map((row) => (
          <li key={row.person} className={css.person}>
            <Face person={{ id: row.person, name: row.name, colour: row.colour }} away />
            <div className={css.who}>
              <p className={css.name}>{row.name}</p>
              <p className={css.about}>{about(row, now)}</p>
            </div>
            {row.shares.some(({ muted }) => muted) && (
              <span className={css.rights}>
                <MicOff size={11} aria-hidden /> {t("people.muted")}
              </span>
            )}
            <PersonMenu row={row} onChanged={onChanged} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `auth-refactor · last seen 14:02`. */
function about({ shares, devices, here }: PersonRow, now: number): string {
  const seen = Math.max(0, ...devices.map(({ last_seen }) => last_seen));
  const when = here ? t("device.here") : seen > 0 ? t("device.seen", { time: timeOfDay(seen, now) }) : "";
  return [shares.map(({ label }) => label).join(", "), when].filter(Boolean).join(" · ");
}
