import { FileDiff } from "lucide-react";
import { t, tn } from "../../messages/t";
import type { Room, TurnKeptItem } from "../../replica/types";
import { useOpenChanges } from "../../state/changes";
import { useDirectory } from "../../state/index";
import { Button } from "../../ui/button";
import { Counts } from "../../ui/counts";
import { Rewind } from "./rewind";
import css from "./ends.module.css";

type Props = { item: TurnKeptItem; room: Room; session: string; /** It is taken back already. */ gone: boolean };

/** What a turn did to the files, the way to read it, and the way back (CH8). */
export function TurnKeptRow({ item, room, session, gone }: Props) {
  const show = useOpenChanges();
  const workspace = useDirectory()?.sessions.find((row) => row.session === session)?.workspace;
  const { turn, files, added, removed } = item;
  return (
    <div className={css.end}>
      <div className={css.line}>
        <FileDiff size={13} aria-hidden />
        <span>{tn("changes.count", files)}</span>
        <Counts added={added} removed={removed} />
        {workspace && (
          <Button look="quiet" onClick={() => show(workspace, { kind: "turn", turn })}>
            {t("turn.view")}
          </Button>
        )}
        {!gone && <Rewind room={room} session={session} turn={turn} />}
      </div>
    </div>
  );
}
