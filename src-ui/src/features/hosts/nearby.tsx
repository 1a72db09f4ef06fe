import { Radar } from "lucide-react";
import { useEffect, useState } from "react";
import type { KnownHostRow } from "../../gen/KnownHostRow";
import type { NearbyRow } from "../../gen/NearbyRow";
import { t } from "../../messages/t";
import { useAsked } from "../../state/asked";
import { useOtherHosts } from "../../state/other-hosts";
import { Button } from "../../ui/button";
import { Wrong } from "../../ui/wrong";
import { hintOf } from "./hint";
import { PairByCode } from "./pair-by-code";
import css from "./hosts.module.css";

const LOOK_EVERY = 2_000;

type Props = { onCancel: () => void; onJoined: (row: KnownHostRow) => void };

/** Hosts seen in the network. What they say of themselves is not proven; the code proves it (PA3). */
export function Nearby({ onCancel, onJoined }: Props) {
  const { answer, wrong, again } = useAsked({ method: "nearby" }, "nearby");
  const known = useOtherHosts() ?? [];
  const [chosen, choose] = useState<NearbyRow | null>(null);
  useEffect(() => {
    if (chosen) return;
    const timer = setInterval(again, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [again, chosen]);
  if (chosen) return <PairByCode row={chosen} onBack={() => choose(null)} onJoined={onJoined} />;
  const rows = answer?.hosts ?? [];
  return (
    <>
      {rows.length === 0 ? (
        <div className={css.looking} role="status">
          <Radar size={16} aria-hidden />
          <p>{t("hosts.looking")}</p>
          <p className={css.about}>{t("hosts.looking_about")}</p>
        </div>
      ) : (
        <ul role="list" className={css.seen} aria-label={t("hosts.nearby")}>
          {rows.map((row) => (
            <li key={row.hint}>
              <button type="button" className={css.one} onClick={() => choose(row)}>
                <span className={css.name}>{row.name}</span>
                <span className={css.state}>{known.some((one) => hintOf(one.row.key) === row.hint) && t("hosts.already")}</span>
                <Place row={row} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Wrong wrong={wrong} />
      <div className={css.verbs}>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </>
  );
}

/** `192.168.1.20:7421 · 9f2c44e1`: two hosts may go by one name. */
function Place({ row: { addresses, port, hint } }: { row: NearbyRow }) {
  const address = addresses[0] === undefined ? "" : `${addresses[0].includes(":") ? `[${addresses[0]}]` : addresses[0]}:${port} · `;
  return (
    <code className={css.place}>
      {address}
      {hint}
    </code>
  );
}
