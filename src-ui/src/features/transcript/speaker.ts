import { t } from "../../messages/t";
import { Cell } from "../../state/cell";
import type { Clock } from "../../state/clock";
import type { Heard } from "./heard";

/** What comes together is said together. */
const GATHER_MS = 500;
/** A sentence should be over before the next one begins. */
const EVERY_MS = 3_000;
/** By then it was taken up to be said; longer it would only stand to be read. */
const STAYS_MS = 1_000;
/** More at once nobody listens to. */
const MOST = 4;

/** `n` tells two that say the same from one. */
export type Spoken = { n: number; words: string };

/** Says things one after the other, so that who listens can follow; what waits for the listener comes first. */
export class Speaker {
  readonly polite: Voice;
  readonly urgent: Voice;
  private readonly waiting: string[] = [];
  private last = -Infinity;
  private callOff: (() => void) | null = null;

  constructor(private readonly clock: Clock) {
    this.polite = new Voice(clock);
    this.urgent = new Voice(clock);
  }

  hear(heard: readonly Heard[]): void {
    const urgent = heard.filter(({ now }) => now).map(({ words }) => words);
    if (urgent.length > 0) this.urgent.say(urgent);
    this.waiting.push(...heard.filter(({ now }) => !now).map(({ words }) => words));
    if (this.waiting.length === 0 || this.callOff) return;
    const rest = this.last + EVERY_MS - this.clock.now();
    this.callOff = this.clock.after(Math.max(GATHER_MS, rest), () => this.speak());
  }

  /** Nothing of what was heard is said any more, or stands anywhere. */
  hush(): void {
    this.callOff?.();
    this.callOff = null;
    this.waiting.length = 0;
    this.polite.clear();
    this.urgent.clear();
  }

  private speak(): void {
    this.callOff = null;
    this.last = this.clock.now();
    const words = this.waiting.splice(0);
    const skipped = words.length - MOST;
    this.polite.say(skipped > 0 ? [t("heard.skipped", { count: skipped }), ...words.slice(skipped)] : words);
  }
}

/** One region of the page that is read aloud. */
class Voice {
  readonly spoken = new Cell<Spoken>({ n: 0, words: "" });
  private callOff = (): void => {};

  constructor(private readonly clock: Clock) {}

  say(words: readonly string[]): void {
    this.callOff();
    this.put(words.map((one) => (/[.!?…:]$/.test(one) ? one : `${one}.`)).join(" "));
    this.callOff = this.clock.after(STAYS_MS, () => this.put(""));
  }

  clear(): void {
    this.callOff();
    this.put("");
  }

  private put(words: string): void {
    const { n, words: before } = this.spoken.get();
    if (words !== "" || before !== "") this.spoken.set({ n: n + 1, words });
  }
}
