import { beforeEach, describe, expect, it } from "vitest";
import type { SessionStatus } from "../gen/SessionStatus";
import { Unread } from "./unread";

beforeEach(() => localStorage.clear());

const told = (status: SessionStatus, key = "s1") => [{ key, status }];
const nobody = new Set<string>();

describe("what nobody has looked at", () => {
  it("is a session that came to rest, until it is in front of the person", () => {
    const unread = new Unread();
    unread.heed(told("idle"), nobody);
    expect(unread.keys.get().size).toBe(0);
    unread.heed(told("running"), nobody);
    unread.heed(told("idle"), nobody);
    expect([...unread.keys.get()]).toEqual(["s1"]);
    unread.heed(told("idle"), new Set(["s1"]));
    expect(unread.keys.get().size).toBe(0);
  });

  it("is nothing that ended before their eyes, or that they ended", () => {
    const unread = new Unread();
    unread.heed(told("running"), nobody);
    unread.heed(told("idle"), new Set(["s1"]));
    unread.heed(told("running"), nobody);
    unread.heed(told("ended"), nobody);
    expect(unread.keys.get().size).toBe(0);
  });

  it("is still so after a reload", () => {
    const unread = new Unread();
    unread.heed(told("needs_you"), nobody);
    unread.heed(told("interrupted"), nobody);
    expect([...new Unread().keys.get()]).toEqual(["s1"]);
  });
});
