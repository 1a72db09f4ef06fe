import { beforeEach, describe, expect, it } from "vitest";
import type { SignedHead } from "../gen/SignedHead";
import type { Snapshot } from "../gen/Snapshot";
import { contradicts, keepHead, keptHead } from "./witness";

beforeEach(() => localStorage.clear());

const head = (seq: number, hash: string, epoch = "e1"): SignedHead => ({
  epoch,
  stream: "session:s1",
  seq,
  hash,
  at: 0,
  key: "k",
  signature: "s",
});
const log = (epoch: string, hashes: string[]) =>
  ({
    cursor: { epoch, seq: hashes.length, hash: hashes.at(-1) ?? "" },
    events: hashes.map((hash, i) => ({ seq: i + 1, hash })),
  }) as Snapshot;

describe("a witness of signed heads", () => {
  it("LO6 keeps the newest of each stream, over a reload too", () => {
    keepHead(head(2, "b"));
    keepHead(head(1, "a"));
    expect(keptHead("session:s1")).toEqual(head(2, "b"));
    expect(keptHead("session:s2")).toBeNull();
    keepHead(head(1, "x", "e2"));
    expect(keptHead("session:s1")?.epoch).toBe("e2");
  });

  it("LO6 sees a log that has another past, is cut short, or began anew", () => {
    const kept = head(2, "b");
    expect(contradicts(kept, log("e1", ["a", "b", "c"]))).toBe(false);
    expect(contradicts(kept, log("e1", ["a", "B", "c"]))).toBe(true);
    expect(contradicts(kept, log("e1", ["a"]))).toBe(true);
    expect(contradicts(kept, log("e2", ["a", "b"]))).toBe(true);
    expect(contradicts(null, log("e2", ["a"]))).toBe(false);
  });

  it("is not misled by what else lies in the storage", () => {
    localStorage.setItem("conclave.head.session:s1", "{");
    expect(keptHead("session:s1")).toBeNull();
    localStorage.setItem("conclave.head.session:s1", '{"seq":"2"}');
    expect(keptHead("session:s1")).toBeNull();
  });
});
