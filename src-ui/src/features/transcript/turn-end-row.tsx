import { CircleCheck, CircleSlash, RotateCcw, TriangleAlert, Unplug } from "lucide-react";
import { useRef } from "react";
import type { LongText } from "../../gen/LongText";
import { t } from "../../messages/t";
import type { Room, TurnEndItem } from "../../replica/types";
import { useAct } from "../../state/act";
import { spent } from "../../ui/amounts";
import { Button } from "../../ui/button";
import { CopyButton } from "../../ui/copy-button";
import { CodeBlock } from "../../ui/code-block";
import { took } from "../../ui/time";
import { Rewind } from "./rewind";
import css from "./ends.module.css";

type Props = { item: TurnEndItem; room: Room; session: string };

const ICONS = { completed: CircleCheck, failed: TriangleAlert, cancelled: CircleSlash, interrupted: Unplug } as const;

/** How a turn ended, what it took, and after an interruption the way on (TU6, TU8). */
export function TurnEndRow({ item, room, session }: Props) {
  const { outcome } = item;
  const Icon = ICONS[outcome.kind];
  const facts = [
    item.began !== null && took(item.at - item.began),
    spent(item.usage),
  ].filter(Boolean);
  const answer = answerOf(room, item.turn);
  const last = room.transcript.items.findLast((other) => other.kind === "turn_end")?.id === item.id;
  // It stands beside what the turn did to the files, if it did anything.
  const kept = room.transcript.items.some((other) => other.kind === "turn_kept" && other.turn === item.turn);
  return (
    <div className={css.end} data-outcome={outcome.kind}>
      <div className={css.line}>
        <Icon size={13} aria-hidden />
        <span>{t(`outcome.${outcome.kind}`)}</span>
        {facts.length > 0 && <span className={css.facts}>{facts.join(" · ")}</span>}
        {!kept && <Rewind room={room} session={session} turn={item.turn} />}
        {answer.some(({ text }) => text !== "") && <CopyAnswer answer={answer} session={session} />}
      </div>
      {outcome.kind === "failed" && (
        <div className={css.why}>
          <p>{outcome.reason}</p>
          {outcome.detail !== "" && (
            <CodeBlock>
              <code>{outcome.detail}</code>
            </CodeBlock>
          )}
        </div>
      )}
      {outcome.kind === "interrupted" && last && room.view?.interrupted && <Resume room={room} session={session} />}
      {outcome.kind === "failed" && room.view?.you.may.retry === item.turn && <Retry session={session} turn={item.turn} />}
    </div>
  );
}

/** All that the agent said in a turn. */
function answerOf(room: Room, turn: string): LongText[] {
  const said = room.transcript.items.filter((one) => one.kind === "message" && one.turn === turn && !one.takenBack);
  return said.flatMap((one) => (one.kind === "message" ? [one.text] : []));
}

/** Copies all of it, and gets before what is not here (LO11). */
function CopyAnswer({ answer, session }: { answer: readonly LongText[]; session: string }) {
  const { act } = useAct();
  const got = useRef(new Map<string, string>());
  const here = ({ text, blob }: LongText) => (blob === undefined ? text : got.current.get(blob));
  const whole = (): string | null => {
    const texts = answer.map(here);
    return texts.every((text) => text !== undefined) ? texts.join("\n\n") : null;
  };
  const getWhole = async (): Promise<string | null> => {
    for (const { blob } of answer) {
      if (blob === undefined || got.current.has(blob)) continue;
      const reply = await act({ method: "blob", params: { session, hash: blob } });
      if (reply?.kind !== "blob") return null;
      got.current.set(blob, reply.text);
    }
    return whole();
  };
  return <CopyButton label={t("copy.answer")} text={() => whole() ?? getWhole()} />;
}

/** The same words and images once more (TU12); an agent that was given up is started again (AG4). */
function Retry({ session, turn }: { session: string; turn: string }) {
  const { act, busy } = useAct();
  const again = () => act({ method: "retry_turn", params: { session, turn } });
  return (
    <div className={css.why}>
      <Button look="primary" className={css.resume} disabled={busy} onClick={again}>
        <RotateCcw size={13} aria-hidden /> {t("retry")}
      </Button>
    </div>
  );
}

function Resume({ room, session }: { room: Room; session: string }) {
  const { act, busy } = useAct();
  return (
    <div className={css.why}>
      <p>{t("resume.about")}</p>
      {room.view?.you.may.prompt_now && (
        <Button
          look="primary"
          className={css.resume}
          disabled={busy}
          onClick={() => act({ method: "prompt", params: { session, text: t("resume.prompt"), delivery: "now" } })}
        >
          <RotateCcw size={13} aria-hidden /> {t("resume")}
        </Button>
      )}
    </div>
  );
}
