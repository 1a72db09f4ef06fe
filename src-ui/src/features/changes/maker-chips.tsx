import { Hand } from "lucide-react";
import { t } from "../../messages/t";
import { useAgentName } from "../../state/agent-name";
import { Face } from "../../ui/face";
import { useJudging } from "./judging";
import type { Maker } from "./makers";
import css from "./makers.module.css";

type Props = { makers: readonly Maker[]; /** Names beside the faces. */ named?: boolean };

/** Who made something, and with which agent (CH7). */
export function MakerChips({ makers, named }: Props) {
  if (makers.length === 0) return null;
  return (
    <span className={css.chips}>
      {makers.map((maker) => (maker === "hand" ? <ByHand key="hand" named={named ?? false} /> : <By key={`${maker.author} ${maker.agent}`} maker={maker} named={named ?? false} />))}
    </span>
  );
}

function ByHand({ named }: { named: boolean }) {
  return (
    <span className={css.chip} title={t("makers.by_hand_about")}>
      <Hand size={13} aria-hidden />
      <span className={named ? undefined : "only-read-aloud"}>{t("makers.by_hand")}</span>
    </span>
  );
}

function By({ maker: { author, agent }, named }: { maker: Exclude<Maker, "hand">; named: boolean }) {
  const person = useJudging().who(author);
  const words = t("makers.with", { name: person.name, agent: useAgentName(agent) });
  return (
    <span className={css.chip} title={words}>
      <Face person={person} size="s" />
      <span className={named ? undefined : "only-read-aloud"}>{words}</span>
    </span>
  );
}
