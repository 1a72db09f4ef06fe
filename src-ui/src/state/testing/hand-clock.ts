import type { Clock } from "../clock";

type Due = { at: number; run: () => void };

/** A clock that stands still until a test lets time pass. */
export class HandClock implements Clock {
  private time = 1_000_000;
  private readonly waiting = new Set<Due>();

  now(): number {
    return this.time;
  }

  after(span: number, run: () => void): () => void {
    const due = { at: this.time + span, run };
    this.waiting.add(due);
    return () => void this.waiting.delete(due);
  }

  pass(span: number): void {
    const end = this.time + span;
    for (let next = this.next(end); next; next = this.next(end)) {
      this.waiting.delete(next);
      this.time = next.at;
      next.run();
    }
    this.time = end;
  }

  private next(end: number): Due | undefined {
    return [...this.waiting].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
  }
}
