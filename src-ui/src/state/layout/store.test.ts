import { describe, expect, it } from "vitest";
import { HandClock } from "../testing/hand-clock";
import type { LayoutKeep } from "./keep";
import { chat } from "./model";
import { KEEP_AFTER_MS, LayoutStore } from "./store";
import { after, beside, drawn, key, open } from "./testing/drive";
import { write } from "./text";

function scripted(kept: string | null = null) {
  const said: string[] = [];
  let tell = (_: string): void => {};
  const keep: LayoutKeep = {
    kept: () => said.at(-1) ?? kept,
    keep: (text) => said.push(text),
    follow: (told) => {
      tell = told;
      return () => undefined;
    },
  };
  const clock = new HandClock();
  return { store: new LayoutStore(keep, clock), said, clock, tell: (text: string) => tell(text) };
}

describe("where a layout is kept", () => {
  it("WI9 is there again after a reload, and kept once for many changes", () => {
    const { store, said, clock } = scripted();
    store.act(open("a"));
    store.act(beside("b"));
    clock.pass(KEEP_AFTER_MS - 1);
    expect(said).toHaveLength(0);
    store.act(open("c"));
    clock.pass(KEEP_AFTER_MS);
    expect(said).toHaveLength(1);
    expect(drawn(scripted(said[0]).store.layout.get())).toBe("a*|b c*!");
  });

  it("WI9 is kept at once where the page goes, and not again without a change", () => {
    const { store, said, clock } = scripted();
    store.act(open("a"));
    store.flush();
    expect(said).toHaveLength(1);
    store.act({ type: "choose", key: key("a") });
    clock.pass(KEEP_AFTER_MS);
    expect(said).toHaveLength(1);
  });

  it("WI9 follows another device, with what this one has in front", () => {
    const { store, tell, said, clock } = scripted(write(after(open("a"), open("b"), beside("c"))));
    store.act({ type: "choose", key: key("a") });
    clock.pass(KEEP_AFTER_MS);
    tell(write(after(open("a"), open("b"), beside("c"), beside("d"))));
    expect(drawn(store.layout.get())).toBe("a* b!|c*|d*");
    expect(said).toHaveLength(1);
  });

  it("WI9 drops its own echo, and somebody else’s words while it has newer ones", () => {
    const { store, tell, said, clock } = scripted();
    store.act(open("a"));
    store.flush();
    store.act({ type: "open", tab: chat("b") });
    tell(said[0] ?? "");
    tell(write(after(open("z"))));
    expect(drawn(store.layout.get())).toBe("a b*!");
    clock.pass(KEEP_AFTER_MS);
    expect(said).toHaveLength(2);
  });
});
