import { act, renderHook } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { getDraft, getTaste, reloadTaste, setDraft, setTaste, useDraft } from "./taste";

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
