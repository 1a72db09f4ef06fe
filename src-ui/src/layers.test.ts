// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

/** Who may import whom, lowest first; tests may reach across. */
const MAY: Record<string, readonly string[]> = {
  gen: ["gen"],
  messages: ["messages", "gen"],
  link: ["link", "gen"],
  replica: ["replica", "link", "gen"],
  state: ["state", "replica", "link", "messages", "gen"],
  ui: ["ui", "messages", "gen"],
  features: ["ui", "state", "replica", "link", "messages", "styles", "gen"],
  app: ["app", "features", "ui", "state", "replica", "link", "messages", "styles", "gen"],
};

type Import = { from: string; to: string };

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|\/testing\//.test(name))
  .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, name), "utf8") }));

const imports: Import[] = files.flatMap(({ name, text }) =>
  [...text.matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map(([, to]) => ({ from: name, to: to ?? "" })),
);

const inside = imports
  .filter(({ to }) => to.startsWith("."))
  .map(({ from, to }) => ({ from, to: relative(".", join(dirname(from), to)) }));

const layer = (name: string): string => name.split("/")[0] ?? "";
const feature = (name: string): string => name.split("/").slice(0, 2).join("/");

describe("the borders of the front end", () => {
  it("are read at all", () => {
    expect(inside.length).toBeGreaterThan(100);
  });

  it("gen → link → replica → state → features → app, and never back", () => {
    const crossed = inside.filter(({ from, to }) => {
      const may = MAY[layer(from)];
      return may !== undefined && !may.includes(layer(to)) && !isOwn(from, to);
    });
    expect(crossed).toEqual([]);
  });

  it("a feature imports no other feature", () => {
    const crossed = inside.filter(
      ({ from, to }) => layer(from) === "features" && layer(to) === "features" && feature(from) !== feature(to),
    );
    expect(crossed).toEqual([]);
  });

  it("only link speaks to the desktop window", () => {
    const crossed = imports.filter(({ from, to }) => to.startsWith("@tauri-apps/") && layer(from) !== "link");
    expect(crossed).toEqual([]);
  });

  it("no file outgrows its reader", () => {
    const long = files
      .filter(({ name }) => !name.startsWith("gen/"))
      .filter(({ name, text }) => text.split("\n").length > (name.endsWith(".tsx") ? 201 : 301));
    expect(long.map(({ name }) => name)).toEqual([]);
  });
});

function isOwn(from: string, to: string): boolean {
  return layer(from) === "features" && feature(from) === feature(to);
}
