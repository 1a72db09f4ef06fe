import { Undo2 } from "lucide-react";
import { t, tn } from "../../messages/t";
import { personOf } from "../../state/people";
import { useFold } from "../../ui/fold";
import { timeOfDay, useNow } from "../../ui/time";
import { RowView, type RowProps } from "./row-view";
import type { Row } from "./rows";
import css from "./rewound.module.css";

type Props = Omit<RowProps, "row"> & { row: Extract<Row, { kind: "rewound" }> };

/** Turns that were taken back, in a quiet line; whoever wants to read them opens it (CH8). */
export function RewoundRow({ row, room, session, card }: Props) {
  const [open, toggle] = useFold(row.id, false);
  const now = useNow();
  const { name } = personOf(room, row.by);
  return (
    <section className={css.rewound} aria-label={t("rewound.label")}>
      <p className={css.line}>
        <Undo2 size={13} aria-hidden />
        <span>{row.turns === 0 ? t("rewound.earlier", { name }) : t("rewound", { turns: tn("rewound.turns", row.turns), name })}</span>
        <time dateTime={new Date(row.at).toISOString()}>{timeOfDay(row.at, now)}</time>
        {row.rows.length > 0 && (
          <button type="button" className={css.toggle} aria-expanded={open} onClick={toggle}>
            {open ? t("fold") : t("rewound.open")}
          </button>
        )}
      </p>
      {open && (
        <div className={css.gone}>
          {row.rows.map((one) => (
            <RowView key={one.id} row={one} room={room} session={session} card={card} gone />
          ))}
        </div>
      )}
    </section>
  );
}
