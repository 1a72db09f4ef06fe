import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { RoomView } from "../../gen/RoomView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { useAgentName } from "../../state/agent-name";
import { wasJustBegun } from "../../state/begun";
import { isFailure } from "../../state/failure";
import { useLink, useRoomKey, useTyping } from "../../state/index";
import { useRegionName } from "../../state/layout/named";
import { useStopAsked } from "../../state/stopping";
import { useDraft } from "../../state/taste";
import { cx } from "../../ui/cx";
import { GrowArea } from "../../ui/grow-area";
import { AgentPicker } from "./agent-picker";
import { AdvisoryChip } from "./advisory-chip";
import { CommentsChip } from "./comments-chip";
import { isWithMod, sends, stepOf, stepsMode } from "./composer-keys";
import { FileMenu } from "./file-menu";
import { ImageChips } from "./image-chips";
import { MemoryChip } from "./memory-chip";
import { modeOf, type Verb } from "./mode";
import { PasteChips } from "./paste-chips";
import { isLongPaste, usePastes, withPastes } from "./pastes";
import { placeholder } from "./placeholder";
import { PickImages } from "./pick-images";
import { PlanFirstChip } from "./plan-first-chip";
import { ownPrompts, recalled } from "./recall";
import { base64Of } from "./shrink";
import { Shut } from "./shut";
import { SlashMenu } from "./slash-menu";
import { Steer } from "./steer";
import { useComments } from "./use-comments";
import { filesOf, useImages } from "./use-images";
import { useJoins } from "./use-joins";
import { useMentions } from "./use-mentions";
import { useNextMode } from "./use-next-mode";
import { agentCommands, useOwnActions } from "./use-own-actions";
import { useSlash } from "./use-slash";
import { Verbs } from "./verbs";
import { WillNotRun } from "./will-not-run";
import css from "./composer.module.css";

type Props = { room: Room; session: string };

export function Composer({ room, session }: Props) {
  return room.view ? <Box room={room} session={session} view={room.view} /> : null;
}

function Box({ room, session, view }: Props & { view: RoomView }) {
  const key = useRoomKey(session);
  const [text, setText] = useDraft(key);
  const pastes = usePastes(key);
  const [sending, setSending] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const link = useLink();
  const name = useRegionName(t("composer.label"), view.title);
  const { act } = useAct();
  const typing = useTyping(session);
  const comments = useComments(view.workspace);
  const written = withPastes(text, pastes.all);
  const whole = withPastes(written, [comments.block]);
  const mode = modeOf(view, whole);
  const bare = modeOf(view, written);
  const images = useImages(key);
  const joins = useJoins(view);
  const next = useNextMode(room, view);
  const own = useOwnActions({ view, mode: next, onAttach: () => files.current?.click() });
  const slash = useSlash([...agentCommands(view), ...own], text, setText);
  const [caret, setCaret] = useState(0);
  const mentions = useMentions({ workspace: view.workspace, text, setText, caret, area });
  const agent = useAgentName(view.choice.agent);
  const stopAsked = useStopAsked(session, view.turn?.turn);

  useEffect(() => {
    // On a touch screen the keyboard would cover what is to be read.
    if (wasJustBegun(session) && matchMedia("(pointer: fine)").matches) area.current?.focus();
  }, [session]);

  const run = async (verb: Exclude<Verb, "stop"> | "steer") => {
    setSending(true);
    const delivery = verb === "send" ? "now" : verb === "steer" ? "steer" : "queue";
    const along = images.all.length > 0 && { images: images.all.map((one) => ({ data: base64Of(one) })) };
    const reply = await act({ method: "prompt", params: { session, text: whole, delivery, ...along } }, (error) =>
      isLocked(error) ? { label: t("composer.queue_instead"), run: () => void run("queue") } : null,
    );
    setSending(false);
    if (reply) {
      setText("");
      pastes.clear();
      images.clear();
      comments.sent();
    }
    area.current?.focus();
  };
  const send = () => mode.kind === "open" && mode.verb !== "stop" && mode.ready && !sending && void run(mode.verb);
  const mayJoin = joins && mode.kind === "open" && mode.verb === "queue" && mode.ready && !sending;
  const press = (event: KeyboardEvent) => {
    if (slash.press(event) || mentions.press(event)) return;
    const step = stepOf(event);
    const found = step === null ? null : recalled(ownPrompts(room), text, step);
    if (found !== null) setText(found);
    else if (next && stepsMode(event)) next.choose();
    else if (sends(event) && isWithMod(event) && mayJoin) void run("steer");
    else if (sends(event)) send();
    else return;
    event.preventDefault();
  };

  return (
    <form
      className={cx(css.box, sending && css.sending)}
      aria-label={name}
      onDragOver={(event) => mode.kind === "open" && event.preventDefault()}
      onDrop={(event) => {
        if (mode.kind !== "open") return;
        event.preventDefault();
        images.add(filesOf(event.dataTransfer));
      }}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {mode.kind === "shut" ? (
        <Shut why={mode.why} session={session} mayReopen={view.you.may.steer} />
      ) : (
        <>
          <SlashMenu slash={slash} agent={agent} />
          <FileMenu files={mentions} />
          <GrowArea
            ref={area}
            data-composer
            aria-label={t("composer.text")}
            {...(mentions.found.length > 0 ? mentions : slash).aria}
            className={css.text}
            value={text}
            readOnly={sending}
            placeholder={placeholder(room, view)}
            onPaste={(event) => {
              const pasted = filesOf(event.clipboardData);
              const words = pasted.length === 0 ? (event.clipboardData?.getData?.("text/plain") ?? "") : "";
              if (pasted.length > 0) images.add(pasted);
              else if (isLongPaste(words)) pastes.add(words);
              else return;
              event.preventDefault();
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            onChange={(event) => {
              setText(event.target.value);
              setCaret(event.target.selectionStart);
              typing();
            }}
            onKeyDown={press}
          />
          <PasteChips pastes={pastes} onInto={(pasted) => setText(withPastes(text, [pasted]))} />
          <ImageChips images={images} />
          <CommentsChip workspace={view.workspace} comments={comments} />
          <WillNotRun room={room} view={view} images={images.all.length} />
        </>
      )}
      <div className={css.bar}>
        <AgentPicker room={room} session={session} view={view} />
        {mode.kind === "open" && <PickImages field={files} onPick={images.add} />}
        <span className="grow" />
        <span className={css.status} role="status">
          {stopAsked && t("composer.stop_again")}
          {sending && (link.kind === "live" ? t("composer.sending") : t("composer.waits_for_link"))}
        </span>
        {view.rules.plan_first ? <PlanFirstChip stuck={view.advisory ?? false} /> : view.advisory && <AdvisoryChip />}
        <MemoryChip memory={view.memory} />
        {mayJoin && <Steer onPress={() => void run("steer")} />}
        {/* Comments alone take nobody's way to stop. */}
        {bare.kind === "open" && bare.verb === "stop" && whole !== "" && <Verbs session={session} verb="stop" ready={bare.ready && !sending} />}
        {mode.kind === "open" && <Verbs session={session} verb={mode.verb} ready={mode.ready && !sending} />}
      </div>
    </form>
  );
}

/** Somebody else's prompt was first (TU3). */
function isLocked(error: unknown): boolean {
  return isFailure(error) && error.code === "turn_locked";
}
