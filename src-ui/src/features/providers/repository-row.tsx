import type { RepositoryAgents } from "../../gen/RepositoryAgents";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { Button } from "../../ui/button";
import { Wrong } from "../../ui/wrong";
import { NamedFacts } from "./named-facts";
import css from "./providers.module.css";

type Props = { row: RepositoryAgents; again: () => void };

/** What one repository says of agents, as its file is now; it counts when the owner has trusted just that. */
export function RepositoryRow({ row, again }: Props) {
  const { act, busy } = useAct();
  const { repository, found, trusted, name } = row;
  const isTrusted = found !== null && found.hash === trusted;
  const canTrust = found !== null && found.fault === null && !isTrusted;
  const trust = async () => {
    await act({ method: "trust_repository_agents", params: { repository, hash: found?.hash ?? "" } });
    // Also when it was refused: then the file has changed.
    again();
  };
  const forget = async () => {
    await act({ method: "forget_repository_agents", params: { repository } });
    again();
  };
  return (
    <li className={css.row} aria-label={name}>
      <div className={css.head}>
        <p className={css.name}>{name}</p>
        <p className={css.standing} data-state={isTrusted ? "ready" : "untested"}>
          {t(`providers.trust.${standing(row)}`)}
        </p>
      </div>
      {found?.fault != null && (
        <Wrong wrong={{ message: t("providers.brought_fault", { why: found.fault }), hint: null }} />
      )}
      {found?.agents.map((agent) => (
        <div key={agent.name} className={css.one}>
          <p className={css.name}>{agent.name}</p>
          <NamedFacts named={agent} unfolded={!isTrusted} />
        </div>
      ))}
      <div className={css.verbs}>
        {trusted !== null && (
          <Button disabled={busy} onClick={forget} aria-label={t("providers.forget_of", { repository: name })}>
            {t("providers.forget")}
          </Button>
        )}
        {canTrust && (
          <Button look="primary" disabled={busy} onClick={trust} aria-label={t("providers.trust_of", { repository: name })}>
            {t("providers.trust")}
          </Button>
        )}
      </div>
    </li>
  );
}

function standing({ found, trusted }: RepositoryAgents): "trusted" | "changed" | "gone" | "new" {
  if (trusted === null) return "new";
  if (found === null) return "gone";
  return found.hash === trusted ? "trusted" : "changed";
}
