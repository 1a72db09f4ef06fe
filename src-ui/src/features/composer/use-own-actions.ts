import type { RoomView } from "../../gen/RoomView";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { willWriteIn } from "../../state/begun";
import { findIn } from "../../state/finding";
import { useRoomKey } from "../../state/index";
import { printed } from "../../state/keys";
import { useOpenHere } from "../../state/open-here";
import type { SlashEntry } from "./slash";

type Given = { view: RoomView; mode: { name: string; choose: () => void } | null; onAttach: () => void };

/** What the `/` menu can do by itself: only what this reader may do now. */
export function useOwnActions({ view, mode, onAttach }: Given): SlashEntry[] {
  const key = useRoomKey(view.session);
  const { act } = useAct();
  const open = useOpenHere();
  const params = { session: view.session };
  const { may } = view.you;
  const start = async () => {
    const choice = { agent: view.choice.agent };
    const reply = await act({ method: "open_session", params: { workspace: view.workspace, choice, title: null } });
    if (reply?.kind !== "session") return;
    willWriteIn(reply.session);
    open(reply.session);
  };
  const of = (name: Named, about: string, run: () => void, keys?: string): SlashEntry => ({
    id: `own ${name}`,
    group: "own",
    name: t(`slash.${name}`),
    about,
    keys: keys && printed(keys),
    run,
  });
  const asked = view.turn?.asked_to_drive.includes(view.you.person) ?? false;
  return [
    ...(may.steer ? [of("new", t("slash.new_about"), () => void start())] : []),
    of("attach", t("slash.attach_about"), onAttach),
    of("find", t("slash.find_about"), () => findIn(key), "Mod+F"),
    ...(mode ? [of("mode", t("slash.mode_about", { mode: mode.name }), mode.choose, "Shift+Tab")] : []),
    ...(may.ask_to_drive && !asked ? [of("drive", t("slash.drive_about"), () => void act({ method: "ask_to_drive", params }))] : []),
    ...(may.stop && view.turn?.phase !== "stopping" ? [of("stop", t("slash.stop_about"), () => void act({ method: "stop_turn", params }))] : []),
    ...(may.steer && view.state === "active" ? [of("pause", t("slash.pause_about"), () => void act({ method: "pause_session", params }))] : []),
    ...(may.steer && view.state === "paused" ? [of("resume", t("slash.resume_about"), () => void act({ method: "resume_session", params }))] : []),
  ];
}

type Named = "new" | "attach" | "find" | "mode" | "drive" | "stop" | "pause" | "resume";

/** Only the owner's words can be commands of the agent (GR10). */
export function agentCommands(view: RoomView): SlashEntry[] {
  if (!view.you.rights.includes("own")) return [];
  return view.commands.map(({ name, about }) => ({ id: `agent ${name}`, group: "agent", name, about }));
}
