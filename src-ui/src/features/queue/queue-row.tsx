import { Pencil, X } from "lucide-react";
import { useState } from "react";
import type { QueueItemView } from "../../gen/QueueItemView";
import { t, tn } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { nameOf, personOf } from "../../state/people";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Face } from "../../ui/face";
import { QueueEdit } from "./queue-edit";
import css from "./queue.module.css";

type Props = { room: Room; session: string; item: QueueItemView; /** Nothing else waits. */ alone: boolean };

export function QueueRow({ room, session, item, alone }: Props) {
  const [editing, setEditing] = useState(false);
  const { act, busy } = useAct();
  const params = { session, prompt: item.prompt };
  if (editing)
    return (
      <li>
        <QueueEdit
          text={item.body.text}
          busy={busy}
          onCancel={() => setEditing(false)}
          onSave={async (text) => {
            if (text === item.body.text || (await act({ method: "edit_prompt", params: { ...params, text } })))
              setEditing(false);
          }}
        />
      </li>
    );
  return (
    <li className={css.row}>
      {alone && <Badge>{tn("queue.count", 1)}</Badge>}
      <Face person={personOf(room, item.author)} size="s" />
      <span className={css.text} title={item.body.text}>
        <span className={css.who}>
          {item.origin.kind === "agent"
            ? t("queue.from_agent", { name: nameOf(room, item.author) })
            : t("queue.from", { name: nameOf(room, item.author) })}
        </span>{" "}
        {item.body.text}
        {item.body.images && <span className={css.who}> {tn("images.count", item.body.images.length)}</span>}
      </span>
      {item.state.kind === "held" && <span className={css.held}>{t(`held.${item.state.reason}`)}</span>}
      {(item.yours || item.you_may_remove) && (
        <span className={css.tools}>
          {item.yours && (
            <Button look="quiet" square aria-label={t("queue.edit")} onClick={() => setEditing(true)}>
              <Pencil size={13} aria-hidden />
            </Button>
          )}
          <Button
            look="quiet"
            square
            aria-label={t("queue.remove")}
            disabled={busy}
            onClick={() => act({ method: "withdraw_prompt", params })}
          >
            <X size={14} aria-hidden />
          </Button>
        </span>
      )}
    </li>
  );
}
