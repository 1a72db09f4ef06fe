import { describe, expect, it } from "vitest";
import { HandClock } from "../testing/hand-clock";
import type { LayoutKeep } from "./keep";
import { readLikes, type Liked, type Likes } from "./likes";
import { chat } from "./model";
import { KEEP_AFTER_MS, LayoutStore } from "./store";
import { after, beside, drawn, key, open } from "./testing/drive";
import { write } from "./text";

function scripted(kept: string | null = null, liked: Liked | null = null, settled = () => true) {
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
  return { store: new LayoutStore(keep, clock, liked, settled), said, clock, tell: (text: string) => tell(text) };
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

  it("WI9 shows what is chosen for the panel before it is known what was kept, and says nothing of it over that", () => {
    let known = false;
    const { store, tell, said, clock } = scripted(null, null, () => known);
    store.act({ type: "aside", aside: "files" });
    clock.pass(KEEP_AFTER_MS);
    store.flush();
    expect([store.layout.get().aside, said]).toEqual(["files", []]);
    tell(write(after(open("a"), beside("b"))));
    known = true;
    expect([store.layout.get().aside, drawn(store.layout.get())]).toEqual(["files", "a*!|b*"]);
    store.act({ type: "aside", aside: "changes" });
    clock.pass(KEEP_AFTER_MS);
    expect(said).toHaveLength(1);
  });
});

const LIKES: Likes = { theme: "dark", sideWidth: 264, peopleWidth: 300, folded: [] };

/** Somebody's taste, as much of it as follows them. */
function taste() {
  let likes = LIKES;
  let tell = (): void => {};
  const set = (change: Partial<Likes>): void => {
    likes = { ...likes, ...change };
    tell();
  };
  return { get: () => likes, set, watch: (changed: () => void) => void (tell = changed) };
}

describe("what follows a person beside the layout", () => {
  it("WI40 is kept with it soon after it has changed, once for many changes", () => {
    const mine = taste();
    const { said, clock } = scripted(null, mine);
    mine.set({});
    clock.pass(KEEP_AFTER_MS);
    expect(said).toHaveLength(0);
    mine.set({ sideWidth: 300 });
    mine.set({ theme: "light", folded: ["w1"] });
    clock.pass(KEEP_AFTER_MS);
    expect(said.map(readLikes)).toEqual([{ theme: "light", sideWidth: 300, peopleWidth: 300, folded: ["w1"] }]);
  });

  it("WI40 is followed where another device has changed it, and not said again", () => {
    const mine = taste();
    const { store, said, clock, tell } = scripted(null, mine);
    tell(write(after(open("a")), { ...LIKES, peopleWidth: 410, folded: ["w2"] }));
    expect(mine.get()).toEqual({ ...LIKES, peopleWidth: 410, folded: ["w2"] });
    clock.pass(KEEP_AFTER_MS);
    expect(said).toHaveLength(0);
    expect(drawn(store.layout.get())).toBe("a*!");
    mine.set({ theme: "system" });
    tell(write(after(open("b")), LIKES));
    expect(mine.get().theme).toBe("system");
  });

  it("WI40 stays as it is where an older page has kept a layout, or a hand has", () => {
    const mine = taste();
    const { tell } = scripted(null, mine);
    tell(write(after(open("a"))));
    tell(JSON.stringify({ v: 1, columns: [], likes: { theme: "pink", sideWidth: -4, peopleWidth: "wide", folded: [1, "w1"] } }));
    expect(mine.get()).toEqual({ ...LIKES, folded: ["w1"] });
    expect(readLikes("nonsense")).toEqual({});
  });
});
