import { useState } from "react";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAttempt } from "../../state/attempt";
import { isBusy } from "../../state/busy";
import { useDirectory } from "../../state/index";
import { isYou, names } from "../../state/people";
import { tellDone } from "../../state/toasts";
import { useUndo } from "../../state/undo";
import { LISTED, useFilesBefore } from "../../state/work";
import { Button } from "../../ui/button";
import { Choice } from "../../ui/choice";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import { RewindPreview } from "./rewind-preview";
import css from "./rewind.module.css";

const WHATS = ["both", "files", "conversation"] as const;
type What = (typeof WHATS)[number];

type Props = { room: Room; session: string; workspace: string; turn: string; onClose: () => void };

/** Back to before a turn: the files, what agents know of the conversation, or both (CH8). */
export function RewindDialog({ room, session, workspace, turn, onClose }: Props) {
  const { checkpoint: before, lacks, wrong: unknown } = useFilesBefore(workspace, turn);
  const [chosen, choose] = useState<What>("both");
  const what = lacks ? "conversation" : chosen;
  const { rewind, busy, wrong } = useRewind({ session, workspace, turn, onHalf: () => choose("files"), onClose });
  const runs = (useDirectory()?.sessions ?? []).some((row) => row.workspace === workspace && isBusy(row.status));
  const others = (room.view?.roster ?? []).filter(({ person }) => !isYou(room, person)).map(({ person }) => person);
  return (
    <Dialog title={t("rewind.title")} onClose={onClose} wide>
      <div role="radiogroup" aria-label={t("rewind.what")} className={css.whats}>
        {WHATS.map((one) => (
          <Choice key={one} name="rewind" checked={what === one} disabled={before === null && one !== "conversation"} onChoose={() => choose(one)}>
            {t(`rewind.${one}`)}
            <small className={css.about}>{t(`rewind.${one}_about`)}</small>
          </Choice>
        ))}
      </div>
      {lacks && <p className={css.about}>{t(`rewind.${lacks}`, { count: LISTED })}</p>}
      {before !== null && what !== "conversation" && <RewindPreview workspace={workspace} checkpoint={before} />}
      {others.length > 0 && <p className={css.about}>{t("rewind.told", { names: names(room, others) })}</p>}
      {runs && <p className={css.runs}>{t("rewind.running")}</p>}
      <Wrong wrong={wrong ?? unknown} />
      <div className={css.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button look="danger" disabled={busy || runs || (before === null && !lacks)} onClick={() => void rewind(what, before)}>
          {t("rewind")}
        </Button>
      </div>
    </Dialog>
  );
}

type Given = { session: string; workspace: string; turn: string; onHalf: () => void; onClose: () => void };

function useRewind({ session, workspace, turn, onHalf, onClose }: Given) {
  const { attempt, busy, wrong } = useAttempt();
  const undo = useUndo(workspace);
  const rewind = async (what: What, before: number | null) => {
    if (what !== "files" && !(await attempt({ method: "rewind_conversation", params: { session, turn } }))) return;
    if (what === "conversation" || before === null) {
      tellDone(t("rewind.done_conversation"));
      return onClose();
    }
    // The conversation is back already: what is left to try again are the files.
    onHalf();
    const back = await attempt({ method: "restore_files", params: { workspace, checkpoint: before } });
    if (back?.kind !== "taken_back") return;
    undo(t("rewind.done_files"), back.undo);
    onClose();
  };
  return { rewind, busy, wrong };
}
