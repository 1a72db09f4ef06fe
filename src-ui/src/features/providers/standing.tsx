import { Check, CircleAlert, CircleDashed, CircleSlash, LoaderCircle } from "lucide-react";
import type { AgentRow } from "../../gen/AgentRow";
import { t } from "../../messages/t";
import css from "./providers.module.css";

type Props = { row: AgentRow; asked: "now" | "later" | null };

/** How it stands with an agent, in a sign and a word. */
export function Standing({ row, asked }: Props) {
  const [state, Icon, words] = standing(row, asked);
  return (
    <p className={css.standing} data-state={state} role="status">
      <Icon size={14} aria-hidden />
      {words}
    </p>
  );
}

function standing(row: AgentRow, asked: Props["asked"]) {
  if (asked === "now") return ["asked", LoaderCircle, t("providers.testing")] as const;
  if (asked === "later") return ["waits", CircleDashed, t("providers.waits")] as const;
  if (!row.details?.program) return ["missing", CircleDashed, t("providers.missing")] as const;
  if (!row.enabled) return ["off", CircleSlash, t("providers.off")] as const;
  if (!row.found || row.details.check?.failure) return ["failed", CircleAlert, t("providers.failed")] as const;
  if (row.details.check) return ["ready", Check, t("providers.ready")] as const;
  return ["untested", CircleDashed, t("providers.untested")] as const;
}
