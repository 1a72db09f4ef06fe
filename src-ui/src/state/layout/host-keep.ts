import { Cell } from "../cell";
import type { Store } from "../store";
import type { LayoutKeep, Unsent } from "./keep";

/**
 * The layout at the owner's own host, with this browser's copy in front of it (WI9). Whoever is no owner here keeps
 * the copy alone.
 */
export class HostKeep implements LayoutKeep {
  /** Nothing is still to come that was kept before: until then a page chooses nothing by itself. */
  readonly settled = new Cell(true);
  private readonly ears = new Set<(text: string) => void>();
  private own: Store | null = null;
  /** The newest one of the host's that this page knows; `null` before it was looked at. */
  private revision: number | null = null;
  /** To be kept there as soon as it can be. */
  private wanted: string | null = null;
  private busy = false;

  constructor(
    private readonly copy: LayoutKeep,
    private readonly unsent: Unsent,
  ) {}

  at(own: Store): void {
    this.own = own;
    this.settled.set(false);
    own.directory.subscribe(() => void this.work());
    own.state.subscribe(() => void this.work());
  }

  kept(): string | null {
    return this.copy.kept();
  }

  keep(text: string): void {
    this.copy.keep(text);
    this.unsent.set(text);
    this.wanted = text;
    void this.work();
  }

  follow(told: (text: string) => void): () => void {
    this.ears.add(told);
    const off = this.copy.follow(told);
    return () => {
      this.ears.delete(told);
      off();
    };
  }

  /** One thing after the other, so that what was said last is what is kept. */
  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      while (await this.step());
    } catch {
      // Lost or refused: the browser has its copy, and the next change tries again.
      this.wanted = null;
      this.settled.set(true);
    } finally {
      this.busy = false;
    }
  }

  private async step(): Promise<boolean> {
    const directory = this.own?.directory.get();
    if (!this.own || !directory) return false;
    if (!isOwners(this.own)) {
      this.settled.set(true);
      return false;
    }
    const there = directory.layout ?? 0;
    const first = this.revision === null;
    // The page before this one was gone before it could tell: its word is newer than what is there.
    if (first) this.wanted ??= this.unsent.get();
    if (this.wanted !== null && (!first || this.unsent.get() !== null)) return this.send(this.own, this.wanted);
    if (there > (this.revision ?? 0)) return this.fetch(this.own);
    this.revision ??= there;
    this.settled.set(true);
    // What this browser has kept is the first that its host gets.
    if (first) this.wanted ??= there === 0 ? this.copy.kept() : null;
    return this.wanted !== null;
  }

  private async send(own: Store, text: string): Promise<boolean> {
    const reply = await own.link.request({ method: "keep_layout", params: { layout: text } });
    if (reply.kind === "layout") this.revision = reply.revision;
    if (this.unsent.get() === text) this.unsent.set("");
    if (this.wanted === text) this.wanted = null;
    return true;
  }

  private async fetch(own: Store): Promise<boolean> {
    const reply = await own.link.request({ method: "layout" });
    if (reply.kind !== "layout") return false;
    this.revision = reply.revision;
    // Who has changed something meanwhile has the last word.
    if (reply.layout !== null && this.wanted === null) {
      this.copy.keep(reply.layout);
      for (const told of this.ears) told(reply.layout);
    }
    return true;
  }
}

function isOwners({ link }: Store): boolean {
  const { state } = link;
  return state.kind === "live" && state.welcome.owner && !state.welcome.unverified;
}
