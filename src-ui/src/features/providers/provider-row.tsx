import type { AgentRow } from "../../gen/AgentRow";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import type { Wrong as WrongWords } from "../../state/attempt";
import { Button } from "../../ui/button";
import { CopyLine } from "../../ui/copy-line";
import { Tick } from "../../ui/tick";
import { Wrong } from "../../ui/wrong";
import { Facts } from "./facts";
import { NamedFacts } from "./named-facts";
import { Standing } from "./standing";
import css from "./providers.module.css";

type Props = {
  row: AgentRow;
  /** Whether it is being tested now, or when those before it have answered. */
  asked: "now" | "later" | null;
  wrong: WrongWords | null;
  onTest: () => void;
};

/** One agent. */
export function ProviderRow({ row, asked, wrong, onTest }: Props) {
  const { act, busy } = useAct();
  const { details } = row;
  const isToInstall = details?.program === null && details.install !== null;
  const failure = details?.check?.failure ?? null;
  return (
    <li className={css.row} aria-label={row.name} aria-busy={asked !== null}>
      <div className={css.head}>
        <p className={css.name}>{row.name}</p>
        <Standing row={row} asked={asked} />
      </div>
      <Facts row={row} />
      {details?.named && <NamedFacts named={details.named} repository={row.repository} />}
      {!row.enabled && <p className={css.note}>{t("providers.disabled")}</p>}
      {!row.found && details?.hint && !isToInstall && <p className={css.note}>{details.hint}</p>}
      {isToInstall && <CopyLine label={t("providers.install")} text={details?.install ?? ""} whole />}
      {row.found && failure !== null && asked === null && <Wrong wrong={{ message: failure, hint: null }} />}
      <Wrong wrong={wrong} />
      <div className={css.foot}>
        <Tick
          checked={row.enabled}
          disabled={busy}
          onChange={(enabled) => act({ method: "set_agent_enabled", params: { agent: row.agent, enabled } })}
        >
          {t("providers.enabled")}
          <span className="only-read-aloud">: {row.name}</span>
        </Tick>
        <span className="grow" />
        {details?.program && (
          <Button disabled={asked !== null} aria-label={t("providers.test_of", { agent: row.name })} onClick={onTest}>
            {t("providers.test")}
          </Button>
        )}
      </div>
    </li>
  );
}
