import { useState } from "react";
import type { SessionRow } from "../gen/SessionRow";
import { t } from "../messages/t";
import { useAttempt } from "../state/attempt";
import { useDirectory } from "../state/index";
import { titleWords } from "../state/session-title";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Wrong } from "../ui/wrong";
import { known, tagsIn } from "./tags";
import css from "./session-menu.module.css";

type Props = { row: Pick<SessionRow, "session" | "title" | "tags">; onClose: () => void };

/** All tags of a session in one line, with those that others have at hand. */
export function TagSession({ row, onClose }: Props) {
  const [text, setText] = useState((row.tags ?? []).join(", "));
  const { attempt, busy, wrong } = useAttempt();
  const others = known(useDirectory()?.sessions ?? []);
  const tags = tagsIn(text);
  return (
    <Dialog title={t("session.tags_of", { title: titleWords(row.title) })} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={async (event) => {
          event.preventDefault();
          if (tags.join() === (row.tags ?? []).join()) return onClose();
          if (await attempt({ method: "tag_session", params: { session: row.session, tags } })) onClose();
        }}
      >
        <Field
          autoFocus
          aria-label={t("session.tags")}
          placeholder={t("session.tags_example")}
          value={text}
          aria-invalid={wrong !== null}
          aria-describedby={wrong ? "tags-hint tags-wrong" : "tags-hint"}
          onChange={(event) => setText(event.target.value)}
        />
        <p id="tags-hint" className={css.hint}>
          {t("session.tags_hint")}
        </p>
        <div className={css.known}>
          {others
            .filter((tag) => !tags.includes(tag))
            .map((tag) => (
              <Button key={tag} look="quiet" aria-label={t("session.tags_add", { tag })} onClick={() => setText([...tags, tag].join(", "))}>
                + {tag}
              </Button>
            ))}
        </div>
        <Wrong id="tags-wrong" wrong={wrong} />
        <div className={css.verbs}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary" disabled={busy}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
