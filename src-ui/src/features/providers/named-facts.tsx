import type { NamedAgent } from "../../gen/NamedAgent";
import { t } from "../../messages/t";
import { useAgents, useDirectory } from "../../state/index";
import { dollars, short } from "../../ui/amounts";
import css from "./providers.module.css";

type Props = { named: NamedAgent; /** The one that brought it. */ repository?: string | null; /** Whoever is asked to trust it reads it. */ unfolded?: boolean };

/** What makes an agent another one under a name of its own: words, settings, tools and budget (AG11). */
export function NamedFacts({ named, repository = null, unfolded = false }: Props) {
  const home = useDirectory()?.repositories.find((one) => one.repository === repository)?.name;
  const base = useAgents().find((row) => row.agent === named.base)?.name ?? named.base;
  const said = [
    t("providers.named", { base }),
    home !== undefined && t("providers.named_from", { repository: home }),
    named.model && t("providers.named_model", { model: named.model }),
    named.mode && t("providers.named_mode", { mode: named.mode }),
    named.effort && t("providers.named_effort", { effort: named.effort }),
    named.tools && toolWords(named.tools),
    named.budget?.tokens != null && t("providers.named_tokens", { most: short(named.budget.tokens) }),
    named.budget?.cost_micros != null && t("providers.named_cost", { most: dollars(named.budget.cost_micros) }),
  ];
  return (
    <>
      <p className={css.note}>{said.filter(Boolean).join(" · ")}</p>
      {named.prompt.trim() !== "" && (
        <details className={css.prompt} open={unfolded}>
          <summary>{t("providers.named_prompt")}</summary>
          <p>{named.prompt}</p>
        </details>
      )}
    </>
  );
}

function toolWords(tools: NonNullable<NamedAgent["tools"]>): string {
  if (tools.length === 0) return t("providers.named_no_tools");
  return t("providers.named_tools", { tools: tools.map((tool) => t(`tool_group.${tool}`)).join(", ") });
}
