import { describe, expect, it, vi } from "vitest";
import { EMPTY } from "../../../dev/directory";
import { ADA, welcome } from "../../../dev/people";
import type { Reply } from "../../gen/Reply";
import type { Link, LinkState, RequestWithoutCommand } from "../../link";
import { Cell } from "../cell";
import type { Store } from "../store";
import { HostKeep } from "./host-keep";
import type { LayoutKeep, Unsent } from "./keep";

/** A browser's copy that nobody else changes. */
function copyOf(text: string | null) {
  let kept = text;
  const copy: LayoutKeep = { kept: () => kept, keep: (next) => void (kept = next), follow: () => () => undefined };
  return copy;
}

function unsentOf(text: string): Unsent {
  let unsent = text;
  return { get: () => unsent || null, set: (next) => void (unsent = next) };
}

const nothingUnsent = () => unsentOf("");

/** A host that keeps a layout, and as much of a store as there is to it. */
function hostWith(text: string | null, { owner = true }: { owner?: boolean } = {}) {
  let [kept, revision] = [text, text === null ? 0 : 5];
  const asked: string[] = [];
  const state: LinkState = { kind: "live", welcome: { ...welcome(ADA), owner } };
  const request = async (what: RequestWithoutCommand): Promise<Reply> => {
    asked.push(what.method);
    if (what.method === "keep_layout") {
      kept = what.params.layout;
      revision += 1;
      return { kind: "layout", revision, layout: null };
    }
    return { kind: "layout", revision, layout: kept };
  };
  const directory = new Cell<typeof EMPTY | null>(null);
  const store = { link: { state, request } as unknown as Link, state: new Cell(state), directory } as unknown as Store;
  const tell = () => directory.set({ ...EMPTY, ...(revision > 0 ? { layout: revision } : {}) });
  const another = (next: string) => {
    kept = next;
    revision += 1;
    tell();
  };
  return { store, asked, tell, another, kept: () => kept };
}

function heardBy(keep: HostKeep): string[] {
  const heard: string[] = [];
  keep.follow((text) => heard.push(text));
  return heard;
}

describe("the layout at the owner’s host", () => {
  it("WI9 is what a new device begins with, and what another one changes", async () => {
    const keep = new HostKeep(copyOf(null), nothingUnsent());
    const heard = heardBy(keep);
    const host = hostWith("theirs");
    keep.at(host.store);
    host.tell();
    await vi.waitFor(() => expect(heard).toEqual(["theirs"]));
    expect(keep.kept()).toBe("theirs");
    host.another("newer");
    await vi.waitFor(() => expect(heard).toEqual(["theirs", "newer"]));
    expect(host.asked).toEqual(["layout", "layout"]);
  });

  it("WI9 has come before a new device chooses anything by itself", async () => {
    const keep = new HostKeep(copyOf(null), nothingUnsent());
    const heard = heardBy(keep);
    const host = hostWith("theirs");
    const seen: number[] = [];
    keep.settled.subscribe(() => keep.settled.get() && seen.push(heard.length));
    keep.at(host.store);
    expect(keep.settled.get()).toBe(false);
    host.tell();
    await vi.waitFor(() => expect(keep.settled.get()).toBe(true));
    expect(seen).toEqual([1]);
  });

  it("WI9 begins with what this browser had kept", async () => {
    const keep = new HostKeep(copyOf("mine"), nothingUnsent());
    const host = hostWith(null);
    keep.at(host.store);
    host.tell();
    await vi.waitFor(() => expect(host.kept()).toBe("mine"));
  });

  it("WI9 says what the page before it was gone too soon to say", async () => {
    const unsent = unsentOf("mine");
    const keep = new HostKeep(copyOf("mine"), unsent);
    const heard = heardBy(keep);
    const host = hostWith("older");
    keep.at(host.store);
    host.tell();
    await vi.waitFor(() => expect(host.kept()).toBe("mine"));
    await vi.waitFor(() => expect(keep.settled.get()).toBe(true));
    expect(heard).toEqual([]);
    expect(unsent.get()).toBeNull();
  });

  it("WI9 is kept one after the other, the last word last, and its echo is not asked for", async () => {
    const keep = new HostKeep(copyOf(null), nothingUnsent());
    const heard = heardBy(keep);
    const host = hostWith("theirs");
    keep.at(host.store);
    host.tell();
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    keep.keep("a");
    keep.keep("b");
    keep.keep("c");
    await vi.waitFor(() => expect(host.kept()).toBe("c"));
    host.tell();
    await Promise.resolve();
    expect(heard).toEqual(["theirs"]);
    expect(host.asked).toEqual(["layout", "keep_layout", "keep_layout"]);
  });

  it("WI9 of a guest stays in the browser", async () => {
    const keep = new HostKeep(copyOf(null), nothingUnsent());
    const host = hostWith(null, { owner: false });
    keep.at(host.store);
    host.tell();
    keep.keep("mine");
    await Promise.resolve();
    expect(host.asked).toEqual([]);
    expect(keep.kept()).toBe("mine");
    expect(keep.settled.get()).toBe(true);
  });
});
