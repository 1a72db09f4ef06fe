import type { TerminalNews } from "../gen/TerminalNews";
import type { Failure } from "../gen/Failure";
import type { Link, Shown } from "../link";
import type { Clock } from "./clock";

/** Who draws one terminal. */
export type Drawer = {
  /** What follows is not what came next: begin anew. */
  restart(): void;
  draw(bytes: Uint8Array): void;
  news(news: TerminalNews): void;
  /** The host does not let this page watch it. */
  refused(failure: Failure): void;
};

type Attached = { workspace: string; drawer: Drawer; /** Offset of what comes next. */ at: number };

/** A long paste goes in pieces, below what a host takes in a second (PA6). */
const PIECE = 8 * 1024;
const BYTES_A_MS = 48;

/** The terminals that are drawn on this page, each attached again where it was after every break (TE4). */
export class Screens {
  private readonly attached = new Map<string, Attached>();
  private readonly unsent: { terminal: string; bytes: Uint8Array }[] = [];
  private resting = false;

  constructor(
    private readonly link: Link,
    private readonly clock: Clock,
  ) {
    link.onShown((shown) => this.show(shown));
    link.onState(({ kind }) => {
      if (kind === "live") for (const terminal of this.attached.keys()) this.ask(terminal);
      else this.unsent.length = 0;
    });
  }

  attach(workspace: string, terminal: string, drawer: Drawer): () => void {
    const mine: Attached = { workspace, drawer, at: 0 };
    this.attached.set(terminal, mine);
    if (this.link.state.kind === "live") this.ask(terminal);
    return () => {
      if (this.attached.get(terminal) !== mine) return;
      this.attached.delete(terminal);
      this.link.request({ method: "detach_terminal", params: { terminal } }).catch(() => undefined);
    };
  }

  /** In the order of the calls. */
  type(terminal: string, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += PIECE) this.unsent.push({ terminal, bytes: bytes.subarray(at, at + PIECE) });
    if (!this.resting) this.send();
  }

  hear({ terminal, news }: { terminal: string; news: TerminalNews }): void {
    this.attached.get(terminal)?.drawer.news(news);
  }

  private send(): void {
    const next = this.unsent.shift();
    this.resting = next !== undefined;
    if (!next) return;
    this.link.type(next.terminal, next.bytes);
    const rest = next.bytes.length / BYTES_A_MS;
    // Keys of a hand need no rest.
    if (rest < 1 && this.unsent.length === 0) this.resting = false;
    else this.clock.after(rest, () => this.send());
  }

  private ask(terminal: string): void {
    const mine = this.attached.get(terminal);
    if (!mine) return;
    const { workspace, at } = mine;
    this.link.request({ method: "attach_terminal", params: { workspace, terminal, from: at } }).catch((failure: Failure) => {
      // A connection that was lost is no refusal: the next one asks again.
      if (this.attached.get(terminal) === mine && failure.code !== "host_stopping") mine.drawer.refused(failure);
    });
  }

  private show({ terminal, at, bytes }: Shown): void {
    const mine = this.attached.get(terminal);
    if (!mine) return;
    if (at !== mine.at) mine.drawer.restart();
    mine.at = at + bytes.length;
    mine.drawer.draw(bytes);
  }
}
