import type { SessionStatus } from "../gen/SessionStatus";
import { isBusy } from "./busy";

/** A session by its room key, as a directory tells of it. */
export type Heard = { key: string; title: string; status: SessionStatus; /** What is open there for this person. */ needs: number };

/** What is worth a notice: a session that began to wait for a person, or came to rest. */
export type News = { what: "needs_you" | "needs_more" | "at_rest" | "broke_off"; key: string; title: string };

type Said = Pick<Heard, "status" | "needs">;

/** DT5: what changed since it was last heard, of sessions that this person does not have before their eyes. */
export class Newsreader {
  private readonly before = new Map<string, Said>();
  private readonly knocks = new Set<string>();

  read(heard: readonly Heard[], isSeen: (key: string) => boolean): News[] {
    return heard.flatMap(({ key, title, status, needs }) => {
      const before = this.before.get(key);
      this.before.set(key, { status, needs });
      const what = before === undefined ? null : newsOf(before, { status, needs });
      return what === null || isSeen(key) ? [] : [{ what, key, title }];
    });
  }

  /** The names of those who have come to the door since the last time. */
  knocked(knocks: readonly { knock: string; name: string }[]): string[] {
    const fresh = knocks.filter(({ knock }) => !this.knocks.has(knock));
    for (const { knock } of fresh) this.knocks.add(knock);
    return fresh.map(({ name }) => name);
  }
}

function newsOf(before: Said, now: Said): News["what"] | null {
  if (before.status === now.status) return now.status === "needs_you" && now.needs > before.needs ? "needs_more" : null;
  const busy = isBusy(before.status);
  switch (now.status) {
    case "needs_you":
      return "needs_you";
    case "idle":
      return busy ? "at_rest" : null;
    case "interrupted":
    case "broken":
      return busy ? "broke_off" : null;
    case "needs_others":
    case "running":
    case "ended":
      return null;
  }
}
