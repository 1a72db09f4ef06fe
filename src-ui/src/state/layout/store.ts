import { Cell } from "../cell";
import { wallClock, type Clock } from "../clock";
import type { LayoutKeep } from "./keep";
import { readLikes, type Liked } from "./likes";
import { FRESH, paneOf, tabKey, type Layout, type Pane } from "./model";
import { reduce, type Action } from "./reduce";
import { read, write } from "./text";

/** A drag of a border is many changes and one thing to keep. */
export const KEEP_AFTER_MS = 300;

/** The layout of this page: kept soon after each change, and followed when another device changes it (WI9). */
export class LayoutStore {
  readonly layout: Cell<Layout>;
  private last: string | null;
  private callOff: (() => void) | null = null;
  /** As they were last kept or heard. */
  private likes: string;
  /** Somebody here has said what the panel at the right shows. */
  private asideChosen = false;

  constructor(
    private readonly keep: LayoutKeep,
    private readonly clock: Clock = wallClock,
    /** What follows the person beside the layout (WI40). */
    private readonly liked: Liked | null = null,
    /** What was kept has come, if anything was. */
    private readonly settled: () => boolean = () => true,
  ) {
    this.last = keep.kept();
    this.likes = this.likesNow();
    liked?.watch(() => this.likesChanged());
    this.layout = new Cell(read(this.last));
    keep.follow((text) => this.hear(text));
  }

  act(action: Action): void {
    const before = this.layout.get();
    const after = reduce(before, action);
    if (after === before) return;
    this.layout.set(after);
    if (action.type === "aside") {
      this.asideChosen = true;
      // The rest of this layout may be older than what is still to come: it is no word of this device.
      if (!this.settled()) return;
    }
    this.soon();
  }

  private soon(): void {
    this.callOff?.();
    this.callOff = this.clock.after(KEEP_AFTER_MS, () => this.flush());
  }

  private likesNow(): string {
    return JSON.stringify(this.liked?.get() ?? null);
  }

  private likesChanged(): void {
    const now = this.likesNow();
    if (now === this.likes) return;
    this.likes = now;
    this.soon();
  }

  /** Keeps now what was to be kept soon: the page may be gone by then. */
  flush(): void {
    if (!this.callOff) return;
    this.callOff();
    this.callOff = null;
    const text = write(this.layout.get(), this.liked?.get());
    if (text === this.last) return;
    this.last = text;
    this.keep.keep(text);
  }

  /** As a reload does. */
  reload(): void {
    this.callOff?.();
    this.callOff = null;
    this.last = this.keep.kept();
    this.likes = this.likesNow();
    this.asideChosen = false;
    this.layout.set(this.last === null ? FRESH : read(this.last));
  }

  private hear(text: string): void {
    // Its own echo, or somebody else's while this page is about to say something newer.
    if (text === this.last || this.callOff) return;
    this.last = text;
    this.layout.set(adopt(this.layout.get(), read(text), this.asideChosen));
    if (!this.liked) return;
    const theirs = { ...this.liked.get(), ...readLikes(text) };
    // Known before they are set: what was heard is not said again.
    this.likes = JSON.stringify(theirs);
    this.liked.set(theirs);
  }
}

/** The panes and tabs of another device, with what this one has in front where that is still there. */
function adopt(mine: Layout, theirs: Layout, asideChosen: boolean): Layout {
  const columns = theirs.columns.map((column) => ({ ...column, panes: column.panes.map((pane) => inFrontAsBefore(mine, pane)) }));
  const here = paneOf(theirs, mine.focus);
  return { ...theirs, columns, aside: mine.fresh && !asideChosen ? theirs.aside : mine.aside, focus: here && !here.folded ? mine.focus : theirs.focus };
}

function inFrontAsBefore(mine: Layout, pane: Pane): Pane {
  const active = paneOf(mine, pane.id)?.active;
  return active && pane.tabs.some((tab) => tabKey(tab) === active) ? { ...pane, active } : pane;
}
