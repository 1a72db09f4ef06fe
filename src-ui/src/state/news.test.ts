import { describe, expect, it } from "vitest";
import type { SessionStatus } from "../gen/SessionStatus";
import { Newsreader } from "./news";

const heard = (status: SessionStatus, needs = 1) => [{ key: "s", title: "Rename", status, needs }];
const nobody = () => false;

function after(...statuses: SessionStatus[]): string[] {
  const reader = new Newsreader();
  return statuses.flatMap((status) => reader.read(heard(status), nobody).map(({ what }) => what));
}

describe("what is worth a notice", () => {
  it("DT5 is what changed, and never what was there at first", () => {
    expect(after("needs_you")).toEqual([]);
    expect(after("idle", "running", "running", "needs_you", "needs_you")).toEqual(["needs_you"]);
    expect(after("running", "idle", "idle")).toEqual(["at_rest"]);
    expect(after("needs_you", "running", "idle")).toEqual(["at_rest"]);
    expect(after("running", "interrupted")).toEqual(["broke_off"]);
    expect(after("interrupted", "idle")).toEqual([]);
    expect(after("running", "ended")).toEqual([]);
  });

  it("DT5 is nothing that the person has before their eyes, nor what they saw already", () => {
    const reader = new Newsreader();
    reader.read(heard("running"), nobody);
    expect(reader.read(heard("needs_you"), (key) => key === "s")).toEqual([]);
    expect(reader.read(heard("needs_you"), nobody)).toEqual([]);
  });

  it("DT5 is also what waits besides, and not what is left of it", () => {
    const reader = new Newsreader();
    const news = [1, 2, 2, 1, 3].flatMap((needs) => reader.read(heard("needs_you", needs), nobody));
    expect(news.map(({ what }) => what)).toEqual(["needs_more", "needs_more"]);
  });

  it("DT5 tells of each who knocks once", () => {
    const reader = new Newsreader();
    const ada = { knock: "1", name: "Ada" };
    expect(reader.knocked([ada])).toEqual(["Ada"]);
    expect(reader.knocked([ada, { knock: "2", name: "Bea" }])).toEqual(["Bea"]);
    expect(reader.knocked([])).toEqual([]);
  });
});
