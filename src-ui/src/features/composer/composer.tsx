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
import { ImageChips } from "./image-chips";
import { MemoryChip } from "./memory-chip";
import { modeOf, type Verb } from "./mode";
import { placeholder } from "./placeholder";
import { PickImages } from "./pick-images";
import { PlanFirstChip } from "./plan-first-chip";
import { ownPrompts, recalled } from "./recall";
import { base64Of } from "./shrink";
import { Shut } from "./shut";
import { filesOf, useImages } from "./use-images";
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
  const images = useImages();

  const run = async (verb: Verb) => {
    setSending(true);
    const delivery = verb === "send" ? "now" : "queue";
    const along = images.all.length > 0 && { images: images.all.map((one) => ({ data: base64Of(one) })) };
    const reply = await act({ method: "prompt", params: { session, text, delivery, ...along } }, (error) =>
      isLocked(error) ? { label: t("composer.queue_instead"), run: () => void run("queue") } : null,
    );
    setSending(false);
    if (reply) {
      setText("");
      images.clear();
    }
    area.current?.focus();
  };
  const press = () => mode.kind === "open" && mode.ready && !sending && void run(mode.verb);

  return (
    <form
      className={cx(css.box, sending && css.sending)}
      aria-label={t("composer.label")}
      onDragOver={(event) => mode.kind === "open" && event.preventDefault()}
      onDrop={(event) => {
        if (mode.kind !== "open") return;
        event.preventDefault();
        images.add(filesOf(event.dataTransfer));
      }}
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
          onPaste={(event) => {
            const files = filesOf(event.clipboardData);
            if (files.length === 0) return;
            event.preventDefault();
            images.add(files);
          }}
          onChange={(event) => {
            setText(event.target.value);
            typing();
          }}
          onKeyDown={(event) => {
            const step = stepOf(event);
            const found = step === null ? null : recalled(ownPrompts(room), text, step);
            if (found !== null) {
              event.preventDefault();
              return setText(found);
            }
            if (!sends(event)) return;
            event.preventDefault();
            press();
          }}
        />
      )}
      {mode.kind === "open" && <ImageChips images={images} />}
      {mode.kind === "open" && <WillNotRun room={room} view={view} images={images.all.length} />}
      <div className={css.bar}>
        <AgentPicker room={room} session={session} view={view} />
        {mode.kind === "open" && <PickImages onPick={images.add} />}
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

/** Back or on through what one asked before (see `recalled`). */
function stepOf(event: React.KeyboardEvent): -1 | 1 | null {
  if (event.shiftKey || event.altKey || event.metaKey || event.ctrlKey || event.nativeEvent.isComposing) return null;
  return event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
}
