import { expect, it } from "vitest";
import { hintOf } from "./hint";

it("PA3 a known host is told by the first digits of its key", () => {
  expect(hintOf("nyxE4bCn01yObwsaLTxOXw-_nyxE4bCn01yObwsaLTw")).toBe("9f2c44e1");
  expect(hintOf("not a key!")).toBe("");
});
