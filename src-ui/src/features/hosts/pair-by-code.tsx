import { useEffect, useRef, useState } from "react";
import type { KnownHostRow } from "../../gen/KnownHostRow";
import type { NearbyRow } from "../../gen/NearbyRow";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { useNameNow, useWelcome } from "../../state/my-name";
import { useOtherHosts, useRefreshHosts } from "../../state/other-hosts";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Labelled } from "../../ui/labelled";
import { Wrong } from "../../ui/wrong";
import { hintOf } from "./hint";
import css from "./hosts.module.css";

const DIGITS = 6;

type Props = { row: NearbyRow; onBack: () => void; onJoined: (row: KnownHostRow) => void };

/** The six digits that the owner beside you reads out. A try that the host has answered counts (PA3). */
export function PairByCode({ row, onBack, onJoined }: Props) {
  const mine = useNameNow(useWelcome());
  const [code, setCode] = useState("");
  const [name, setName] = useState<string | null>(null);
  const { attempt, busy, wrong } = useAttempt();
  const ready = code.length === DIGITS && !busy;
  const known = useOtherHosts()?.find((one) => hintOf(one.row.key) === row.hint)?.row;
  const knownBefore = useRef(false);
  const refresh = useRefreshHosts();
  // A code is good once: when the answer was lost and is asked for again, a host that has forgotten it meanwhile
  // says no, though the first try has worked. Whether that host is known now tells.
  useEffect(() => {
    if (wrong && known && !knownBefore.current) onJoined(known);
  }, [wrong, known, onJoined]);
  return (
    <form
      className={css.form}
      onSubmit={async (event) => {
        event.preventDefault();
        if (!ready) return;
        knownBefore.current = known !== undefined;
        const params = { hint: row.hint, code, name: (name ?? mine).trim() || null };
        const reply = await attempt({ method: "pair_host", params });
        if (reply?.kind === "host_joined") return onJoined(reply.host);
        setCode("");
        void refresh();
      }}
    >
      <Labelled label={t("hosts.code_of", { host: row.name })}>
        {(id) => (
          <Field
            id={id}
            autoFocus
            inputMode="numeric"
            autoComplete="one-time-code"
            className={css.digits}
            placeholder={t("hosts.code_example")}
            value={code.replace(/^(\d{3})(?=\d)/, "$1 ")}
            aria-invalid={wrong !== null}
            aria-describedby={wrong ? "pair-wrong" : undefined}
            onChange={(event) => setCode(event.target.value.replace(/\D/g, "").slice(0, DIGITS))}
          />
        )}
      </Labelled>
      <Labelled label={t("hosts.name")}>
        {(id) => <Field id={id} maxLength={40} value={name ?? mine} onChange={(event) => setName(event.target.value)} />}
      </Labelled>
      <p className={css.about}>{t("hosts.code_about")}</p>
      <Wrong id="pair-wrong" wrong={wrong} />
      <div className={css.verbs}>
        <Button onClick={onBack}>{t("hosts.back")}</Button>
        <Button type="submit" look="primary" disabled={!ready}>
          {busy ? t("hosts.joining") : t("hosts.join_verb")}
        </Button>
      </div>
    </form>
  );
}
