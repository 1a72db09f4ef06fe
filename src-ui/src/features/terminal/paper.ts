import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { Terminal } from "@xterm/xterm";
import type { TerminalSize } from "../../gen/TerminalSize";
import { isPressed, isMac } from "../../state/keys";
import { openAside } from "../../state/open-aside";
import { coloursOf } from "./colours";

/** Lines that can be scrolled back to; the host keeps about as many. */
const SCROLLBACK = 10_000;

export type Heard = { typed: (bytes: Uint8Array) => void; search: () => void };

/** What draws one terminal: xterm with search, links and the page's own colours. */
export class Paper {
  private readonly terminal: Terminal;
  private readonly fit = new FitAddon();
  private readonly found = new SearchAddon();
  private readonly encoder = new TextEncoder();

  constructor(
    private readonly place: HTMLElement,
    private readonly heard: Heard,
  ) {
    this.terminal = new Terminal({ scrollback: SCROLLBACK, allowProposedApi: true, macOptionIsMeta: true, ...looksOf(place) });
    this.terminal.loadAddon(this.fit);
    this.terminal.loadAddon(this.found);
    this.terminal.loadAddon(new WebLinksAddon((_, address) => openAside(address)));
    this.terminal.open(place);
    this.terminal.onData((text) => heard.typed(this.encoder.encode(text)));
    this.terminal.onBinary((text) => heard.typed(Uint8Array.from(text, (one) => one.charCodeAt(0))));
    this.terminal.attachCustomKeyEventHandler((event) => this.passes(event));
  }

  draw(bytes: Uint8Array): void {
    this.terminal.write(bytes);
  }

  restart(): void {
    this.terminal.reset();
  }

  resize({ columns, rows }: TerminalSize): void {
    this.terminal.resize(columns, rows);
  }

  /** What there is room for; `null` while it is not shown. */
  room(): TerminalSize | null {
    const room = this.fit.proposeDimensions();
    return room && room.cols > 1 && room.rows > 0 ? { columns: room.cols, rows: room.rows } : null;
  }

  mayType(may: boolean): void {
    this.terminal.options.disableStdin = !may;
    this.terminal.options.cursorBlink = may;
  }

  look(): void {
    Object.assign(this.terminal.options, looksOf(this.place));
  }

  focus(): void {
    this.terminal.focus();
  }

  find(words: string, back: boolean): boolean {
    if (words === "") {
      this.leaveSearch();
      return true;
    }
    return back ? this.found.findPrevious(words) : this.found.findNext(words);
  }

  /** What was found stands out no longer. */
  leaveSearch(): void {
    this.found.clearDecorations();
    this.terminal.clearSelection();
  }

  dispose(): void {
    this.terminal.dispose();
  }

  /** Copy, paste and search are the page's; every other key is the shell's. */
  private passes(event: KeyboardEvent): boolean {
    if (event.type !== "keydown") return true;
    const copies = isMac() ? "Mod+C" : "Mod+Shift+C";
    if (isPressed(copies, event)) {
      event.preventDefault();
      if (this.terminal.hasSelection()) void navigator.clipboard?.writeText(this.terminal.getSelection());
      return false;
    }
    if (isPressed(isMac() ? "Mod+F" : "Mod+Shift+F", event)) {
      event.preventDefault();
      this.heard.search();
      return false;
    }
    // The browser itself pastes then.
    return !isPressed(isMac() ? "Mod+V" : "Mod+Shift+V", event);
  }
}

function looksOf(place: HTMLElement) {
  const style = getComputedStyle(place);
  return { fontFamily: style.fontFamily, fontSize: Number.parseFloat(style.fontSize) || 12, theme: coloursOf(style) };
}
