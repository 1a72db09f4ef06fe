import type { Decided } from "../../gen/Decided";
import type { DigestTurn } from "../../gen/DigestTurn";
import type { Room } from "../../replica/types";

/** Of what began before the digest its texts say nothing; this page may have it on screen. */
export function askedIn(room: Room, turn: DigestTurn): { author: string; prompt: string } | null {
  if (turn.author !== null) return { author: turn.author, prompt: turn.prompt };
  const prompt = room.transcript.items.find((item) => item.kind === "prompt" && item.turn === turn.turn);
  return prompt?.kind === "prompt" ? { author: prompt.author, prompt: firstLine(prompt.text) } : null;
}

/** The plan, the question or what leave was asked for, in a line; empty when nobody here knows it. */
export function aboutOf(room: Room, what: Decided): string {
  switch (what.kind) {
    case "plan":
      return firstLine(what.plan || text(room, what.ballot));
    case "question":
      return firstLine(what.text || text(room, what.question));
    case "permission":
      return what.title || text(room, what.permission);
  }
}

function text(room: Room, id: string): string {
  const item = room.transcript.items.find((one) => one.id === id);
  switch (item?.kind) {
    case "plan":
      return item.plan.text;
    case "question":
      return item.asked.text;
    case "permission":
      return item.request.title;
    default:
      return "";
  }
}

/** Without the marks of a heading. */
function firstLine(words: string): string {
  const line = words.split("\n").find((one) => one.trim() !== "") ?? "";
  return line.replace(/^#+\s+/, "").trim();
}
