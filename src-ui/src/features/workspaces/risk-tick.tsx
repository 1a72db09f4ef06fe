import type { Risk } from "../../gen/Risk";
import { t, tn } from "../../messages/t";
import { Tick } from "../../ui/tick";
import css from "./workspaces.module.css";

type Props = { risk: Risk; known: boolean; onKnown: (on: boolean) => void };

/** One thing that would be lost, with the first of it by name. */
export function RiskTick({ risk: { kind, found }, known, onKnown }: Props) {
  if (found.kind === "unknown") {
    return (
      <Tick checked={known} onChange={onKnown}>
        {t("risk.unknown", { what: t(`risk.what.${kind}`), why: found.why })}
      </Tick>
    );
  }
  const { count, first } = found;
  return (
    <div>
      <Tick checked={known} onChange={onKnown}>
        {t(`risk.${kind}.${count === 1 ? "one" : "other"}`, { count })}
      </Tick>
      <ul role="list" className={css.first}>
        {first.map((name, at) => (
          <li key={at}>{name}</li>
        ))}
        {count > first.length && <li>{tn("risk.others", count - first.length)}</li>}
      </ul>
    </div>
  );
}
