import type { RoomView } from "../gen/RoomView";
import { t } from "../messages/t";
import { useAttempt } from "../state/attempt";
import { useRoomKey } from "../state/index";
import { titleWords } from "../state/session-title";
import { dropDrafts } from "../state/taste";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Wrong } from "../ui/wrong";
import css from "./session-menu.module.css";

/** Deletes a session for good, only after a question (LO11). */
export function DeleteSession({ view, onClose }: { view: Pick<RoomView, "session" | "title">; onClose: () => void }) {
  const { attempt, busy, wrong } = useAttempt();
  const room = useRoomKey(view.session);
  const remove = async () => {
    if (!(await attempt({ method: "delete_session", params: { session: view.session } }))) return;
    dropDrafts(room);
    onClose();
  };
  return (
    <Dialog title={t("session.delete_title", { title: titleWords(view.title) })} onClose={onClose}>
      <p className={css.about}>{t("session.delete_about")}</p>
      <p className={css.about}>{t("session.delete_stays")}</p>
      <Wrong wrong={wrong} />
      <div className={css.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("session.delete_keep")}
        </Button>
        <Button look="danger" disabled={busy} onClick={remove}>
          {t("session.delete")}
        </Button>
      </div>
    </Dialog>
  );
}
