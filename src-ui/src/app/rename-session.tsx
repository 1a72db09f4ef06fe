import { useState } from "react";
import type { RoomView } from "../gen/RoomView";
import { t } from "../messages/t";
import { useAttempt } from "../state/attempt";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Wrong } from "../ui/wrong";
import css from "./session-menu.module.css";

const LONGEST = 80;

export function RenameSession({ view, onClose }: { view: Pick<RoomView, "session" | "title">; onClose: () => void }) {
  const [title, setTitle] = useState(view.title);
  const { attempt, busy, wrong } = useAttempt();
  const wanted = title.trim();
  return (
    <Dialog title={t("session.rename")} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={async (event) => {
          event.preventDefault();
          if (wanted === view.title) return onClose();
          const params = { session: view.session, title: wanted };
          if (await attempt({ method: "rename_session", params })) onClose();
        }}
      >
        <Field
          autoFocus
          aria-label={t("session.title")}
          maxLength={LONGEST}
          value={title}
          aria-invalid={wrong !== null}
          aria-describedby={wrong ? "rename-wrong" : undefined}
          onChange={(event) => setTitle(event.target.value)}
        />
        <Wrong id="rename-wrong" wrong={wrong} />
        <div className={css.verbs}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary" disabled={wanted === "" || busy}>
            {t("session.rename")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
