import type { RoomView } from "../gen/RoomView";
import { t } from "../messages/t";
import { useAttempt } from "../state/attempt";
import { titleWords } from "../state/session-title";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Wrong } from "../ui/wrong";
import css from "./session-menu.module.css";

/** Ends a session only after a question: it stops the turn and empties the queue (SE2). */
export function EndSession({ view, onClose }: { view: Pick<RoomView, "session" | "title">; onClose: () => void }) {
  const { attempt, busy, wrong } = useAttempt();
  const end = async () => {
    if (await attempt({ method: "end_session", params: { session: view.session } })) onClose();
  };
  return (
    <Dialog title={t("session.end_title", { title: titleWords(view.title) })} onClose={onClose}>
      <p className={css.about}>{t("session.end_about")}</p>
      <Wrong wrong={wrong} />
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
