import { Cell } from "./cell";
import type { Clock } from "./clock";

/** Person → since when they give signs of something. */
export type Since = Readonly<Record<string, number>>;

/** Signs of life that are never stored (RO2): each is forgotten unless it is given again in time. */
export class Signs {
  readonly since = new Cell<Since>({});
  private readonly forgetting = new Map<string, () => void>();

  constructor(
    private readonly lasts: number,
    private readonly clock: Clock,
  ) {}

  given(person: string): void {
    this.forgetting.get(person)?.();
    this.forgetting.set(person, this.clock.after(this.lasts, () => this.forget(person)));
    const since = this.since.get();
    if (since[person] === undefined) this.since.set({ ...since, [person]: this.clock.now() });
  }

  forget(person: string): void {
    this.forgetting.get(person)?.();
    this.forgetting.delete(person);
    const { [person]: known, ...others } = this.since.get();
    if (known !== undefined) this.since.set(others);
  }

  forgetAll(): void {
    for (const person of [...this.forgetting.keys()]) this.forget(person);
  }
}
