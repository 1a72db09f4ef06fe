import { Play } from "lucide-react";
import { useState } from "react";
import { t, tn } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { useRegionName } from "../../state/layout/named";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { QueueRow } from "./queue-row";
import css from "./queue.module.css";

const SHOWN = 3;

/** What waits for its turn, above the composer, for all to see (QU1, QU3). */
export function Queue({ room, session }: { room: Room; session: string }) {
  const [whole, setWhole] = useState(false);
  const { act, busy } = useAct();
  const name = useRegionName(t("queue.label"), room.view?.title ?? "");
  const queue = room.view?.queue;
  if (!queue || queue.items.length === 0) return null;
  const alone = queue.items.length === 1 && !queue.held;
  const items = whole ? queue.items : queue.items.slice(0, SHOWN);
  const hidden = queue.items.length - items.length;
  return (
    <section className={css.queue} aria-label={name}>
      {!alone && <header className={css.head}>
        <Badge tone={queue.held ? "need" : "plain"}>{tn("queue.count", queue.items.length)}</Badge>
        {queue.held && <span className={css.held}>{t("queue.held")}</span>}
        {queue.held && room.view?.you.may.release_queue && (
          <Button
            look="plain"
            className={css.run}
            disabled={busy}
            onClick={() => act({ method: "release_queue", params: { session } })}
          >
            <Play size={12} aria-hidden /> {t("queue.run")}
          </Button>
        )}
      </header>}
      <ol role="list" className={css.items}>
        {items.map((item) => (
          <QueueRow key={item.prompt} room={room} session={session} item={item} alone={alone} />
        ))}
      </ol>
      {(hidden > 0 || whole) && queue.items.length > SHOWN && (
        <Button look="link" className={css.more} onClick={() => setWhole(!whole)}>
          {whole ? t("queue.fewer") : tn("queue.more", hidden)}
        </Button>
      )}
    </section>
  );
}
