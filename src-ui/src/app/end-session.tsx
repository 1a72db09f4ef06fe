import type { RoomView } from "../gen/RoomView";
import { t } from "../messages/t";
import { useAct } from "../state/act";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import css from "./session-menu.module.css";

/** Ends a session only after a question: it stops the turn and empties the queue (SE2). */
export function EndSession({ view, onClose }: { view: RoomView; onClose: () => void }) {
  const { act, busy } = useAct();
  const end = async () => {
    if (await act({ method: "end_session", params: { session: view.session } })) onClose();
  };
  return (
    <Dialog title={t("session.end_title", { title: view.title })} onClose={onClose}>
      <p className={css.about}>{t("session.end_about")}</p>
      <div className={css.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("session.keep")}
        </Button>
        <Button look="danger" disabled={busy} onClick={end}>
          {t("session.end")}
        </Button>
      </div>
    </Dialog>
  );
}
