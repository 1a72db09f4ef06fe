import type { PermissionView } from "../../gen/PermissionView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { useAgentName } from "../../state/agent-name";
import { Button } from "../../ui/button";
import { Clock } from "../../ui/clock";
import { KeyHint } from "../../ui/key-hint";
import { Asked } from "./asked";
import { Deciders } from "./deciders";
import { Frame } from "./frame";
import css from "./foot.module.css";

type Props = { room: Room; session: string; permission: PermissionView };

/** An agent asks leave: exactly what, where, and two verbs for whoever may answer (PE1). */
export function PermissionCard({ room, session, permission }: Props) {
  const { request, you_may } = permission;
  const agent = useAgentName(room.view?.turn?.choice.agent ?? room.view?.choice.agent ?? "");
  const { act, busy } = useAct();
  const answer = (word: "allow" | "reject") =>
    act({ method: "answer_permission", params: { session, permission: permission.permission, answer: word } });
  return (
    <Frame
      title={t("permission.title")}
      about={t("permission.about", { agent, tool: request.tool })}
      aside={<Clock since={permission.opened_at} />}
      yours={you_may}
      keys={you_may && !busy ? { y: () => void answer("allow"), n: () => void answer("reject") } : {}}
      foot={
        <div className={css.row}>
          {you_may ? <span className={css.note}>{t("permission.once")}</span> : <Deciders room={room} driver={false} />}
          {you_may && (
            <div className={css.verbs}>
              <Button data-choice aria-keyshortcuts="n" disabled={busy} onClick={() => answer("reject")}>
                {t("permission.reject")} <KeyHint keys="N" />
              </Button>
              <Button data-choice aria-keyshortcuts="y" look="primary" disabled={busy} onClick={() => answer("allow")}>
                {t("permission.allow")} <KeyHint keys="Y" />
              </Button>
            </div>
          )}
        </div>
      }
    >
      <Asked request={request} session={session} />
    </Frame>
  );
}
