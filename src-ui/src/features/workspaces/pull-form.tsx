import { useState } from "react";
import { t } from "../../messages/t";
import { useErrand } from "../../state/errand";
import { openAside } from "../../state/open-aside";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { GrowArea } from "../../ui/grow-area";
import { Labelled } from "../../ui/labelled";
import { Wrong } from "../../ui/wrong";
import { TITLE_MOST } from "./proposed-pull";
import question from "../../ui/question.module.css";
import css from "./workspaces.module.css";

type Props = { workspace: string; about: string; proposed: { title: string; body: string }; onOpened: (address: string) => void; onClose: () => void };

/** The words of a pull request. What was proposed when it began stays under the hand. */
export function PullForm({ workspace, about, proposed, onOpened, onClose }: Props) {
  const [title, setTitle] = useState(proposed.title);
  const [body, setBody] = useState(proposed.body);
  const { run, tell, busy, wrong } = useErrand();
  const blank = title.trim() === "";
  const ask = async () => {
    const reply = await run({ method: "ask_pull", params: { workspace, title: title.trim(), body } });
    if (reply?.kind !== "asked") return;
    const { address } = reply;
    onOpened(address);
    tell(t("pull.done", { address }), { label: t("pull.visit"), run: () => openAside(address) });
  };
  return (
    <form
      className={question.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!blank && !busy) void ask();
      }}
    >
      <p className={question.about}>{about}</p>
      <Labelled label={t("pull.words_title")}>
        {(id) => <Field id={id} autoFocus maxLength={TITLE_MOST} readOnly={busy} value={title} onChange={(event) => setTitle(event.target.value)} />}
      </Labelled>
      <Labelled label={t("pull.words_body")}>
        {(id) => <GrowArea id={id} rows={5} className={css.body} readOnly={busy} value={body} onChange={(event) => setBody(event.target.value)} />}
      </Labelled>
      <p className={question.about} role="status">
        {busy && t("pull.goes_on")}
      </p>
      <Wrong wrong={wrong && { ...wrong, hint: null }} />
      <div className={question.verbs}>
        <Button onClick={onClose}>{t(busy ? "errand.close" : "cancel")}</Button>
        <Button type="submit" look="primary" disabled={blank || busy}>
          {t(busy ? "pull.busy" : "pull.open")}
        </Button>
      </div>
    </form>
  );
}
