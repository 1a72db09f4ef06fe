import { t } from "../../messages/t";
import { Cell } from "../../state/cell";
import type { Clock } from "../../state/clock";
import type { Heard } from "./heard";

/** What comes together is said together. */
const GATHER_MS = 500;
/** A sentence should be over before the next one begins. */
const EVERY_MS = 3_000;
/** More at once nobody listens to. */
const MOST = 4;

/** `n` tells two that say the same from one. */
export type Spoken = { n: number; words: string };

/** Says things one after the other, so that who listens can follow; what waits for the listener comes first. */
export class Speaker {
  readonly polite = new Cell<Spoken>({ n: 0, words: "" });
  readonly urgent = new Cell<Spoken>({ n: 0, words: "" });
  private readonly waiting: string[] = [];
  private last = -Infinity;
  private callOff: (() => void) | null = null;

  constructor(private readonly clock: Clock) {}

  hear(heard: readonly Heard[]): void {
    const urgent = heard.filter(({ now }) => now).map(({ words }) => words);
    if (urgent.length > 0) say(this.urgent, urgent);
    this.waiting.push(...heard.filter(({ now }) => !now).map(({ words }) => words));
    if (this.waiting.length === 0 || this.callOff) return;
    const rest = this.last + EVERY_MS - this.clock.now();
    this.callOff = this.clock.after(Math.max(GATHER_MS, rest), () => this.speak());
  }

  hush(): void {
    this.callOff?.();
    this.callOff = null;
    this.waiting.length = 0;
  }

  private speak(): void {
    this.callOff = null;
    this.last = this.clock.now();
    const words = this.waiting.splice(0);
    const skipped = words.length - MOST;
    say(this.polite, skipped > 0 ? [t("heard.skipped", { count: skipped }), ...words.slice(skipped)] : words);
  }
}

function say(cell: Cell<Spoken>, words: readonly string[]): void {
  const ended = words.map((one) => (/[.!?…:]$/.test(one) ? one : `${one}.`));
  cell.set({ n: cell.get().n + 1, words: ended.join(" ") });
}
