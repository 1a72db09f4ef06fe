import { ArrowUp, Lightbulb, ListPlus } from "lucide-react";
import { useRef, useState } from "react";
import type { RoomView } from "../../gen/RoomView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { isFailure } from "../../state/failure";
import { useLink, useRoomKey, useTyping } from "../../state/index";
import { useDraft } from "../../state/taste";
import { Button } from "../../ui/button";
import { cx } from "../../ui/cx";
import { GrowArea } from "../../ui/grow-area";
import { AgentPicker } from "./agent-picker";
import { AdvisoryChip } from "./advisory-chip";
import { MemoryChip } from "./memory-chip";
import { modeOf, type Verb } from "./mode";
import { placeholder } from "./placeholder";
import { PlanFirstChip } from "./plan-first-chip";
import { Shut } from "./shut";
import { WillNotRun } from "./will-not-run";
import css from "./composer.module.css";

type Props = { room: Room; session: string };

export function Composer({ room, session }: Props) {
  return room.view ? <Box room={room} session={session} view={room.view} /> : null;
}

const ICONS = { send: ArrowUp, queue: ListPlus, suggest: Lightbulb } as const;

function Box({ room, session, view }: Props & { view: RoomView }) {
  const [text, setText] = useDraft(useRoomKey(session));
  const [sending, setSending] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const link = useLink();
  const { act } = useAct();
  const typing = useTyping(session);
  const mode = modeOf(view, text);

  const run = async (verb: Verb) => {
    setSending(true);
    const delivery = verb === "send" ? "now" : "queue";
    const reply = await act({ method: "prompt", params: { session, text, delivery } }, (error) =>
      isLocked(error) ? { label: t("composer.queue_instead"), run: () => void run("queue") } : null,
    );
    setSending(false);
    if (reply) setText("");
    area.current?.focus();
  };
  const press = () => mode.kind === "open" && mode.ready && !sending && void run(mode.verb);

  return (
    <form
      className={cx(css.box, sending && css.sending)}
      aria-label={t("composer.label")}
      onSubmit={(event) => {
        event.preventDefault();
        press();
      }}
    >
      {mode.kind === "shut" ? (
        <Shut why={mode.why} session={session} mayReopen={view.you.may.steer} />
      ) : (
        <GrowArea
          ref={area}
          data-composer
          aria-label={t("composer.text")}
          className={css.text}
          value={text}
          readOnly={sending}
          placeholder={placeholder(room, view)}
          onChange={(event) => {
            setText(event.target.value);
            typing();
          }}
          onKeyDown={(event) => {
            if (!sends(event)) return;
            event.preventDefault();
            press();
          }}
        />
      )}
      {mode.kind === "open" && <WillNotRun room={room} view={view} />}
      <div className={css.bar}>
        <AgentPicker room={room} session={session} view={view} />
        <span className="grow" />
        <span className={css.status} role="status">
          {sending && (link.kind === "live" ? t("composer.sending") : t("composer.waits_for_link"))}
        </span>
        {view.rules.plan_first ? <PlanFirstChip stuck={view.advisory ?? false} /> : view.advisory && <AdvisoryChip />}
        <MemoryChip memory={view.memory} />
        {mode.kind === "open" && <Verbs verb={mode.verb} ready={mode.ready && !sending} />}
      </div>
    </form>
  );
}

function Verbs({ verb, ready }: { verb: Verb; ready: boolean }) {
  const Icon = ICONS[verb];
  return (
    <Button type="submit" look={verb === "send" ? "primary" : "plain"} disabled={!ready}>
      <Icon size={14} aria-hidden />
      {t(`composer.${verb}`)}
    </Button>
  );
}

/** Somebody else's prompt was first (TU3). */
function isLocked(error: unknown): boolean {
  return isFailure(error) && error.code === "turn_locked";
}

/** Enter sends; not with Shift, not while an input method composes, not where a thumb has no Shift. */
function sends(event: React.KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return false;
  if (event.nativeEvent.isComposing || event.keyCode === 229) return false;
  return event.metaKey || event.ctrlKey || !matchMedia("(pointer: coarse)").matches;
}
