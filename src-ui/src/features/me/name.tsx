import { useId, useState } from "react";
import type { Welcome } from "../../gen/Welcome";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { setMyName, useNameNow } from "../../state/my-name";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Wrong } from "../../ui/wrong";
import css from "./me.module.css";

const LONGEST = 40;

/** A name that is taken gets a number, so the host's word counts (RO4). */
export function Name({ welcome }: { welcome: Welcome }) {
  const now = useNameNow(welcome);
  const [name, setName] = useState(now);
  const { attempt, busy, wrong } = useAttempt();
  const id = useId();
  const wanted = name.trim();
  return (
    <form
      className={css.part}
      onSubmit={async (event) => {
        event.preventDefault();
        const reply = await attempt({ method: "rename_me", params: { name: wanted } });
        if (reply?.kind !== "renamed") return;
        setMyName(welcome.person, reply.name);
        setName(reply.name);
      }}
    >
      <label htmlFor={id} className={css.title}>
        {t("me.name")}
      </label>
      <div className={css.row}>
        <Field
          id={id}
          maxLength={LONGEST}
          value={name}
          aria-invalid={wrong !== null}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={busy || wanted === "" || wanted === now}>
          {t("save")}
        </Button>
      </div>
      <Wrong wrong={wrong} />
    </form>
  );
}
