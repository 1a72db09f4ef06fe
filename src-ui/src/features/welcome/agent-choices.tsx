import { CircleDashed } from "lucide-react";
import { useId } from "react";
import type { AgentRow } from "../../gen/AgentRow";
import { t } from "../../messages/t";
import { useChecks } from "../../state/checks";
import { Button } from "../../ui/button";
import { CopyLine } from "../../ui/copy-line";
import { Sentence } from "../../ui/sentence";
import { whyNot } from "../../ui/why-not";
import css from "./welcome.module.css";

type Props = { agents: readonly AgentRow[]; chosen: string | null; onChoose: (agent: string) => void };

const never = () => false;

/** Which agents this machine has, one of them chosen; for the others how to get them (AG8). */
export function AgentChoices({ agents, chosen, onChoose }: Props) {
  const group = useId();
  // Nothing is started before somebody asks for it.
  const { open, check } = useChecks(never);
  const able = agents.filter((row) => whyNot(row) === null);
  const missing = agents.filter((row) => whyNot(row) !== null && row.enabled);
  return (
    <>
      <fieldset className={css.agents}>
        <legend>{t("welcome.agent")}</legend>
        {agents.length === 0 && <p className={css.safe}>{t("agent.none")}</p>}
        {able.map((row) => (
          <label key={row.agent} className={css.agent}>
            <input type="radio" name={group} checked={row.agent === chosen} onChange={() => onChoose(row.agent)} />
            <span className={css.name}>{row.name}</span>
            <small>{aboutOf(row)}</small>
          </label>
        ))}
      </fieldset>
      {missing.length > 0 && (
        <details className={css.missing} open={able.every((row) => row.rehearsal)}>
          <summary>{t("welcome.missing", { names: missing.map((row) => row.name).join(", ") })}</summary>
          <ul role="list">
            {missing.map((row) => (
              <li key={row.agent} aria-label={row.name}>
                <p className={css.gone}>
                  <CircleDashed size={13} aria-hidden />
                  <span className={css.name}>{row.name}</span>
                  <Button look="link" disabled={open.includes(row.agent)} onClick={() => check([row.agent])}>
                    {open.includes(row.agent) ? t("providers.testing") : t("welcome.look_again")}
                    <span className="only-read-aloud">: {row.name}</span>
                  </Button>
                </p>
                <HowToGet row={row} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function HowToGet({ row: { name, details } }: { row: AgentRow }) {
  if (!details) return null;
  // A command to type, where that is all it takes.
  if (details.program === null && details.install !== null)
    return <CopyLine label={t("providers.install")} text={details.install} whole />;
  return <p className={css.safe}>{details.hint ? <Sentence text={details.hint} /> : t("welcome.no_way", { agent: name })}</p>;
}

function aboutOf({ rehearsal, details }: AgentRow): string {
  if (rehearsal) return t("agent.rehearsal");
  const check = details?.check;
  const parts = [
    check?.version && t("providers.version", { version: check.version }),
    check && check.login !== "unknown" && t(`providers.login.${check.login}`),
    !check && details?.source && t("providers.found_in", { place: details.source }),
  ];
  return parts.filter(Boolean).join(" · ");
}
