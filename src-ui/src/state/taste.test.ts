import { act, renderHook } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { dropDrafts, getDraft, getTaste, knowGoneRooms, reloadTaste, setDraft, setTaste, useDraft } from "./taste";

beforeEach(() => {
  localStorage.clear();
  reloadTaste();
});

describe("taste", () => {
  it("PA9 keeps the draft of each session over a reload", () => {
    setDraft("s1", "half a thought");
    setDraft("s2", "another");
    reloadTaste();
    expect(getDraft("s1")).toBe("half a thought");
    expect(getDraft("s2")).toBe("another");
    setDraft("s1", "");
    reloadTaste();
    expect(getDraft("s1")).toBe("");
  });

  it("PA9 WI35 drops what is unsent of a session that was deleted, and of no other", () => {
    for (const draft of ["s1", "s1.images", "s1.pastes", "s10", "kA/s1"]) setDraft(draft, "[]");
    dropDrafts("s1");
    expect(Object.keys(localStorage).toSorted()).toEqual(["conclave.draft.kA/s1", "conclave.draft.s10"]);
    expect(getDraft("s1.images")).toBe("");
  });

  it("WI35 images of rooms that are gone give way where there is no room, and those that were kept stay", () => {
    const images = (...letters: string[]) => JSON.stringify(letters.map((letter) => letter.repeat(1_000_000)));
    setDraft("gone.images", images("a"));
    setDraft("s1.images", images("b"));
    setDraft("s1.images", images("b", "c"));
    reloadTaste();
    expect([getDraft("s1.images"), getDraft("gone.images")]).toEqual([images("b"), images("a")]);
    knowGoneRooms((room) => room === "gone");
    setDraft("s1.images", images("b", "c"));
    reloadTaste();
    expect([getDraft("s1.images"), getDraft("gone.images")]).toEqual([images("b", "c"), ""]);
    setDraft("s1.images", images("b", "c", "d"));
    expect(getDraft("s1.images")).toBe(images("b", "c", "d"));
    reloadTaste();
    expect(getDraft("s1.images")).toBe(images("b", "c"));
    knowGoneRooms(() => false);
  });

  it("tells whoever looks at a draft", () => {
    const { result } = renderHook(() => useDraft("s1"));
    act(() => result.current[1]("text"));
    expect(result.current[0]).toBe("text");
  });

  it("keeps theme and widths, and begins anew from what it cannot read", () => {
    setTaste({ theme: "light", sideWidth: 300 });
    reloadTaste();
    expect(getTaste()).toMatchObject({ theme: "light", sideWidth: 300, people: true });
    localStorage.setItem("conclave.taste", "{broken");
    reloadTaste();
    expect(getTaste().theme).toBe("system");
  });

  it("keeps the text in front of the person when the storage refuses", () => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    setDraft("s1", "still here");
    Storage.prototype.setItem = set;
    expect(getDraft("s1")).toBe("still here");
  });
});
