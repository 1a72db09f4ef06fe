import type { AgentRow } from "../../gen/AgentRow";
import type { MintNotice } from "../../gen/MintNotice";
import { t } from "../../messages/t";
import { useAgents } from "../../state/index";
import { listed } from "../../ui/listed";
import css from "./sharing.module.css";

/** What the host says of a share that was just made, and that the form could not know (SH6). */
export function Notices({ notices }: { notices: readonly MintNotice[] }) {
  const agents = useAgents();
  const said = notices.map((notice) => words(notice, agents)).filter((one) => one !== null);
  return said.map((one) => (
    <p key={one} className={css.note}>
      {one}
    </p>
  ));
}

/** What was said beside the form, or stands beside the link, is not said again. */
function words(notice: MintNotice, agents: readonly AgentRow[]): string | null {
  switch (notice.kind) {
    case "your_credentials": {
      const names = notice.agents.map((key) => agents.find((row) => row.agent === key)?.name ?? key);
      return names.length === 0 ? null : t("mint.your_credentials", { agents: listed(names) });
    }
    case "guests_see_each_other":
      return t("mint.guests_see_each_other");
    case "unverified_browsers":
    case "acts_as_you":
      return null;
  }
}
