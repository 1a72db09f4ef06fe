import type { RoomView } from "../../gen/RoomView";

/** What the one button does. */
export type Verb = "send" | "queue" | "suggest";

export type Mode =
  /** `why` it takes no text from this person. */
  | { kind: "shut"; why: "muted" | "watching" | "ended" }
  | { kind: "open"; verb: Verb; ready: boolean };

/** Decided by what the room allows this reader now; never by who they are. */
export function modeOf(view: RoomView, text: string): Mode {
  const { may, muted } = view.you;
  if (view.state === "ended") return { kind: "shut", why: "ended" };
  if (!may.prompt_now && !may.queue && !may.steer && !may.suggest) return { kind: "shut", why: muted ? "muted" : "watching" };
  const written = text.trim() !== "";
  if (may.prompt_now) return { kind: "open", verb: "send", ready: written };
  if (may.suggest) return { kind: "open", verb: "suggest", ready: written };
  return { kind: "open", verb: "queue", ready: written && may.queue };
}
