import { FileDiff } from "lucide-react";
import { t, tn } from "../../messages/t";
import type { TurnKeptItem } from "../../replica/types";
import { useOpenChanges } from "../../state/changes";
import { useDirectory } from "../../state/index";
import { Button } from "../../ui/button";
import { Counts } from "../../ui/counts";
import css from "./ends.module.css";

type Props = { item: TurnKeptItem; session: string };

/** What a turn did to the files, and the way to read it. */
export function TurnKeptRow({ item, session }: Props) {
  const show = useOpenChanges();
  const workspace = useDirectory()?.sessions.find((row) => row.session === session)?.workspace;
  const { turn, files, added, removed } = item;
  return (
    <div className={css.end}>
      <p className={css.line}>
        <FileDiff size={13} aria-hidden />
        <span>{tn("changes.count", files)}</span>
        <Counts added={added} removed={removed} />
        {workspace && (
          <Button look="quiet" onClick={() => show(workspace, { kind: "turn", turn })}>
            {t("turn.view")}
          </Button>
        )}
      </p>
    </div>
  );
}
