import { t } from "../../messages/t";
import { useAsked } from "../../state/asked";
import css from "./me.module.css";

const KINDS = ["failed", "waiting", "full", "evicted"] as const;

/** Which connections the host turned away, if there were any (PA6). */
export function TurnedAway() {
  const { answer } = useAsked({ method: "health" }, "health");
  const refusals = answer?.refusals;
  const some = KINDS.filter((kind) => (refusals?.[kind] ?? 0) > 0);
  if (!refusals || some.length === 0) return null;
  return (
    <div className={css.part}>
      <p className={css.title}>{t("refusals")}</p>
      <ul role="list" className={css.lines}>
        {some.map((kind) => (
          <li key={kind}>{t(`refusals.${kind}.${refusals[kind] === 1 ? "one" : "other"}`, { count: refusals[kind] })}</li>
        ))}
      </ul>
    </div>
  );
}
