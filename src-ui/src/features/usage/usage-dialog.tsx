import { useEffect, useState } from "react";
import type { RoomView } from "../../gen/RoomView";
import { t } from "../../messages/t";
import { useAsked } from "../../state/asked";
import { useAgents, useDirectory } from "../../state/index";
import { titleOf } from "../../state/session-title";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Tabs } from "../../ui/tabs";
import { Wrong } from "../../ui/wrong";
import { Limit } from "./limit";
import { SumTable } from "./sum-table";
import { sumBy, toolsOf } from "./sums";
import { ToolTable } from "./tool-table";
import css from "./usage.module.css";

type Props = { view: RoomView; onClose: () => void };

/** Who took what, of this session and for the owner of all of them. */
export function UsageDialog({ view, onClose }: Props) {
  const owner = view.you.rights.includes("own");
  const [of, setOf] = useState<"session" | "host">("session");
  const all = of === "host";
  const query = all ? ({ method: "host_usage" } as const) : ({ method: "usage", params: { session: view.session } } as const);
  const { answer, wrong, again } = useAsked(query, "usage");
  const { input_tokens, output_tokens } = view.usage;
  useEffect(again, [again, input_tokens, output_tokens]);
  const agents = useAgents();
  const rows = useDirectory()?.sessions ?? [];
  const sessions = answer?.sessions ?? [];
  const agentName = (key: string) => agents.find((row) => row.agent === key)?.name ?? key;
  const personName = (key: string) =>
    key === view.you.person ? t("you") : (answer?.people.find((one) => one.person === key)?.name ?? t("usage.gone"));
  const sessionName = (key: string) => {
    const row = rows.find(({ session }) => session === key);
    return row ? titleOf(row) : key;
  };
  const none = sessions.every(({ spending }) => spending.spent.length === 0);
  return (
    <Dialog title={t("usage.title")} onClose={onClose} wide>
      {owner && (
        <Tabs
          label={t("usage.title")}
          value={of}
          options={[
            ["session", t("usage.session")],
            ["host", t("usage.host")],
          ]}
          onChange={setOf}
        />
      )}
      <Wrong wrong={wrong} />
      {answer?.allowance && <Limit allowance={answer.allowance} />}
      {answer && none && <p className={css.note}>{t("usage.none")}</p>}
      {!none && (
        <>
          <SumTable title={t("usage.people")} first={t("usage.who")} sums={sumBy(sessions, (spent) => spent.person)} name={personName} />
          <SumTable title={t("usage.agents")} first={t("usage.agent")} sums={sumBy(sessions, (spent) => spent.agent)} name={agentName} />
          {all && (
            <SumTable
              title={t("usage.sessions")}
              first={t("usage.of_session")}
              sums={sumBy(sessions, (_, session) => session)}
              name={sessionName}
            />
          )}
          <ToolTable tools={toolsOf(sessions)} />
        </>
      )}
      <p className={css.note}>{t("usage.about")}</p>
      <div className={css.verbs}>
        <Button look="primary" onClick={onClose}>
          {t("done")}
        </Button>
      </div>
    </Dialog>
  );
}
