import type { Asked, Piece, Told } from "./tone";

/** Beyond this, colours cost more than they tell. */
const LONGEST = 60_000;
const KEPT = 300;

export type Speaks = Pick<Worker, "postMessage"> & { onmessage: ((event: MessageEvent<Told>) => void) | null; onerror: unknown };

/** Asks a worker for the colours of code, and remembers the newest answers. Without one, code is plain. */
export class Highlighter {
  private worker: Speaks | null | undefined;
  private next = 0;
  private readonly waiting = new Map<number, (pieces: readonly Piece[] | null) => void>();
  private readonly known = new Map<string, readonly Piece[] | null>();

  constructor(private readonly start: () => Speaks | null) {}

  /** What is known already, so that a row that scrolls back in is drawn coloured at once. */
  recall(language: string, code: string): readonly Piece[] | null {
    return this.known.get(keyOf(language, code)) ?? null;
  }

  ask(language: string, code: string): Promise<readonly Piece[] | null> {
    const key = keyOf(language, code);
    const known = this.known.get(key);
    if (known !== undefined) return Promise.resolve(known);
    const worker = code.length > LONGEST ? null : this.speaker();
    if (!worker) return Promise.resolve(null);
    const id = this.next++;
    const asked: Asked = { id, language, code };
    return new Promise((told) => {
      this.waiting.set(id, (pieces) => {
        this.keep(key, pieces);
        told(pieces);
      });
      worker.postMessage(asked);
    });
  }

  private speaker(): Speaks | null {
    if (this.worker !== undefined) return this.worker;
    this.worker = this.start();
    if (!this.worker) return null;
    this.worker.onmessage = ({ data }) => {
      this.waiting.get(data.id)?.(data.pieces);
      this.waiting.delete(data.id);
    };
    this.worker.onerror = () => this.giveUp();
    return this.worker;
  }

  private giveUp(): void {
    this.worker = null;
    for (const tell of this.waiting.values()) tell(null);
    this.waiting.clear();
  }

  private keep(key: string, pieces: readonly Piece[] | null): void {
    this.known.set(key, pieces);
    const oldest = this.known.size > KEPT ? this.known.keys().next().value : undefined;
    if (oldest !== undefined) this.known.delete(oldest);
  }
}

function keyOf(language: string, code: string): string {
  return `${language}\n${code}`;
}

export const highlighter = new Highlighter(() => {
  try {
    return new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  } catch {
    return null;
  }
});
