import type { RoomView } from "../../gen/RoomView";

/** What the one button does. */
export type Verb = "send" | "queue" | "suggest" | "stop";

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
  // Somebody else's turn is stopped in the line of the lock, where it says whose it is.
  if (!written && may.stop && view.turn?.driver === view.you.person) return { kind: "open", verb: "stop", ready: view.turn.phase !== "stopping" };
  if (may.prompt_now) return { kind: "open", verb: "send", ready: written };
  if (may.suggest) return { kind: "open", verb: "suggest", ready: written };
  return { kind: "open", verb: "queue", ready: written && may.queue };
}
