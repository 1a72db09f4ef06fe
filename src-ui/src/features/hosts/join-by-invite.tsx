import { useState } from "react";
import type { KnownHostRow } from "../../gen/KnownHostRow";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { useNameNow, useWelcome } from "../../state/my-name";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Labelled } from "../../ui/labelled";
import { Wrong } from "../../ui/wrong";
import css from "./hosts.module.css";

type Props = { /** An invite that is there already. */ given: string; onCancel: () => void; onJoined: (row: KnownHostRow) => void };

/** An invite is pasted as it was sent: a link, a code, or what stands after the # of a link. */
export function JoinByInvite({ given, onCancel, onJoined }: Props) {
  const mine = useNameNow(useWelcome());
  const [code, setCode] = useState(given);
  const [name, setName] = useState<string | null>(null);
  const { attempt, busy, wrong } = useAttempt();
  const invite = code.replace(/\s+/g, "");
  const ready = invite !== "" && !busy;
  return (
    <form
      className={css.form}
      onSubmit={async (event) => {
        event.preventDefault();
        if (!ready) return;
        const params = { code: invite, name: (name ?? mine).trim() || null };
        const reply = await attempt({ method: "join_host", params });
        if (reply?.kind === "host_joined") onJoined(reply.host);
      }}
    >
      <Labelled label={t("hosts.invite")}>
        {(id) => (
          <textarea
            id={id}
            rows={3}
            autoFocus
            spellCheck={false}
            autoCapitalize="off"
            className={css.code}
            placeholder={t("hosts.invite_example")}
            value={code}
            aria-invalid={wrong !== null}
            aria-describedby={wrong ? "join-wrong" : undefined}
            onChange={(event) => setCode(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }}
          />
        )}
      </Labelled>
      <Labelled label={t("hosts.name")}>
        {(id) => <Field id={id} maxLength={40} value={name ?? mine} onChange={(event) => setName(event.target.value)} />}
      </Labelled>
      <p className={css.about}>{t("hosts.invite_about")}</p>
      <Wrong id="join-wrong" wrong={wrong} />
      <div className={css.verbs}>
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button type="submit" look="primary" disabled={!ready}>
          {busy ? t("hosts.joining") : t("hosts.join_verb")}
        </Button>
      </div>
    </form>
  );
}
