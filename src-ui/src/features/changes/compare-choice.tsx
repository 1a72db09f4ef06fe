import type { Checkpoint } from "../../gen/Checkpoint";
import type { ChangesSince } from "../../gen/ChangesSince";
import { t } from "../../messages/t";
import type { Item } from "../../replica/types";
import { useAgents } from "../../state/index";
import { PickOne } from "../../ui/pick-one";
import { useJudging } from "./judging";
import css from "./changes.module.css";

type Props = { since: ChangesSince; checkpoints: readonly Checkpoint[]; /** Of a room of the workspace. */ items: readonly Item[]; onChoose: (since: ChangesSince) => void };

const MOST = 100;
const WORDS = 48;

/** What the files are compared with (CH5). */
export function CompareChoice({ since, checkpoints, items, onChoose }: Props) {
  const { who } = useJudging();
  const agents = useAgents();
  const turns = turnsOf(checkpoints).map(({ turn, author, agent }): [string, string] => {
    const names = t("compare.turn", { name: who(author).name, agent: agents.find((row) => row.agent === agent)?.name ?? agent });
    const asked = promptOf(items, turn);
    return [turn, asked === "" ? names : t("compare.turn_asked", { names, asked })];
  });
  const value = since.kind === "turn" ? since.turn : since.kind;
  const unlisted = since.kind === "turn" && turns.every(([turn]) => turn !== since.turn);
  return (
    <div className={css.compare}>
      <PickOne
        always
        label={t("compare")}
        value={value}
        options={[["approval", t("compare.approval")], ["base", t("compare.base")], ...turns, ...(unlisted ? [[value, t("compare.one_turn")] as const] : [])]}
        onPick={(picked) => onChoose(picked === "approval" || picked === "base" ? { kind: picked } : { kind: "turn", turn: picked })}
      />
    </div>
  );
}

/** Turns that have ended, the newest first. */
function turnsOf(checkpoints: readonly Checkpoint[]) {
  return checkpoints
    .flatMap(({ of }) => (of?.edge === "after" ? [of] : []))
    .toReversed()
    .slice(0, MOST);
}

function promptOf(items: readonly Item[], turn: string): string {
  const prompt = items.find((item) => item.kind === "prompt" && item.turn === turn && item.choice !== null);
  const line = prompt?.kind === "prompt" ? (prompt.text.split("\n")[0] ?? "") : "";
  return line.length > WORDS ? `${line.slice(0, WORDS)}…` : line;
}
