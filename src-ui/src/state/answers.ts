import type { Reply } from "../gen/Reply";
import type { Link, RequestWithoutCommand } from "../link";
import { wrongOf, type Wrong } from "./attempt";

/** What is known of a query: the last answer, and what went wrong with the last try. */
export type Known = { readonly answer: Reply | null; readonly wrong: Wrong | null };

const NOTHING: Known = { answer: null, wrong: null };

type Shared = {
  known: Known;
  readonly kind: Reply["kind"];
  readonly lookers: Set<() => void>;
  /** `due` is about to be asked, `stale` is to be asked again once the answer on its way has come. */
  way: "free" | "due" | "asking" | "stale";
  /** What the directory told when it was asked; `undefined` before the first word. */
  told: unknown;
};

/** What the host answers to queries, by their text: one request and one answer for all who show it. */
export class Answers {
  private readonly shared = new Map<string, Shared>();
  private live: boolean;

  constructor(private readonly link: Link) {
    this.live = link.state.kind === "live";
    link.onState(({ kind }) => {
      const back = kind === "live" && !this.live;
      this.live = kind === "live";
      if (!back) return;
      // What is on its way is sent again by the link, and answered anew.
      for (const [key, mine] of this.shared) if (mine.way === "free") this.soon(key, mine);
    });
  }

  look(key: string, kind: Reply["kind"], changed: () => void): () => void {
    const mine: Shared = this.shared.get(key) ?? { known: NOTHING, kind, lookers: new Set(), way: "free", told: undefined };
    this.shared.set(key, mine);
    mine.lookers.add(changed);
    if (mine.way === "free") this.soon(key, mine);
    return () => {
      mine.lookers.delete(changed);
      if (mine.lookers.size === 0 && this.shared.get(key) === mine) this.shared.delete(key);
    };
  }

  known(key: string): Known {
    return this.shared.get(key)?.known ?? NOTHING;
  }

  /** The directory tells this of what the query is of: asked again when it is another. */
  tell(key: string, told: unknown): void {
    const mine = this.shared.get(key);
    if (!mine || mine.told === told) return;
    const first = mine.told === undefined;
    mine.told = told;
    if (!first) this.again(key);
  }

  /** An answer on its way is shown first: what changes all the time would never be seen else. */
  again(key: string): void {
    const mine = this.shared.get(key);
    if (mine?.way === "asking") mine.way = "stale";
    else if (mine?.way === "free") this.soon(key, mine);
  }

  /** After all who want it in this moment have said so. */
  private soon(key: string, mine: Shared): void {
    mine.way = "due";
    void Promise.resolve().then(() => this.ask(key, mine));
  }

  private ask(key: string, mine: Shared): void {
    mine.way = "free";
    if (!this.live || mine.lookers.size === 0) return;
    mine.way = "asking";
    this.link.request(JSON.parse(key) as RequestWithoutCommand).then(
      (answer) => this.settle(key, mine, answer.kind === mine.kind ? { answer, wrong: null } : mine.known),
      (error: unknown) => this.settle(key, mine, this.live ? { ...mine.known, wrong: wrongOf(error) } : mine.known),
    );
  }

  private settle(key: string, mine: Shared, known: Known): void {
    const stale = mine.way === "stale";
    mine.way = "free";
    mine.known = known;
    for (const changed of mine.lookers) changed();
    if (stale) this.soon(key, mine);
  }
}
