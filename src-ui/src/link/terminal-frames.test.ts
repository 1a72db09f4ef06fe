// @vitest-environment node
import { describe, expect, it } from "vitest";
import { armour, readShown, unarmour, writeTyped } from "./terminal-frames";

const ID = "01234567-89ab-4cde-8f01-23456789abcd";

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

describe("a terminal's frames", () => {
  it("TE4 are read as the host writes them", () => {
    const frame = Uint8Array.from(Buffer.from(`01${ID.replaceAll("-", "")}0000000100000002f09f`, "hex"));
    expect(readShown(frame)).toEqual({ terminal: ID, at: 2 ** 32 + 2, bytes: Uint8Array.of(0xf0, 0x9f) });
    expect(readShown(frame.subarray(0, 20))).toBeNull();
    expect(readShown(Uint8Array.of(9, ...frame.subarray(1)))).toBeNull();
  });

  it("TE5 are written as the host reads them", () => {
    expect(hex(writeTyped(ID, Uint8Array.of(0, 255, 13)))).toBe(`02${ID.replaceAll("-", "")}00ff0d`);
  });

  it("go through ways that carry text alone", () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
    expect(armour(bytes).startsWith("=")).toBe(true);
    expect(unarmour(armour(bytes))).toEqual(bytes);
    expect(unarmour('{"jsonrpc":"2.0"}')).toBeNull();
  });
});
