import { describe, expect, it } from "vitest";
import { en } from "./en";
import { t, tn } from "./t";

const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*", "!../messages/**", "!../gen/**"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const code = Object.values(sources).join("\n");
const texts: Record<string, string> = en;

/** What is in back-quotes with a dot and a hole, as a pattern: `tool.${kind}.${form}`. */
const patterns = [...code.matchAll(/`([\w.]*\$\{[^`]*)`/g)].flatMap(([, body = ""]) =>
  !body.replace(/\$\{[^}]*\}/g, "").includes(".") ? [] : new RegExp(`^${body.replaceAll(".", "\\.").replace(/\$\{[^}]*\}/g, "[\\w-]+")}$`),
);

function isUsed(key: string): boolean {
  const stem = key.replace(/\.(one|other)$/, "");
  return code.includes(`"${key}"`) || code.includes(`"${stem}"`) || patterns.some((pattern) => pattern.test(key));
}

describe("the message catalogue", () => {
  it("has no text that nothing shows", () => {
    expect(Object.keys(texts).filter((key) => !isUsed(key))).toEqual([]);
  });

  it("says each thing under a key of its own", () => {
    const parts = Object.values(import.meta.glob<Record<string, object>>("./en/*.ts", { eager: true }));
    const keys = parts.flatMap((part) => Object.values(part)).flatMap((words) => Object.keys(words));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it("is the only place of visible words", () => {
    const loose = Object.entries(sources)
      .filter(([path]) => path.endsWith(".tsx"))
      .flatMap(([path, source]) => looseWords(source).map((words) => `${path}: ${words}`));
    expect(loose).toEqual([]);
  });

  it("speaks plainly", () => {
    for (const [key, text] of Object.entries(texts)) {
      expect(text.trim() === text || key === "session.number", key).toBe(true);
      expect(text, key).not.toMatch(/!|\bplease\b|\bsorry\b|\boops\b|'/i);
      expect(text, key).not.toBe("");
    }
  });

  it("has both forms of everything that is counted", () => {
    for (const key of Object.keys(texts)) {
      if (key.endsWith(".one")) expect(texts).toHaveProperty([key.replace(/\.one$/, ".other")]);
      if (key.endsWith(".other")) expect(texts).toHaveProperty([key.replace(/\.other$/, ".one")]);
    }
  });

  it("fills in what it is given", () => {
    expect(t("lock.drives", { name: "Bea" })).toBe("Bea is driving");
    expect(tn("diff.more", 1)).toBe("Show 1 more line");
    expect(tn("diff.more", 3)).toBe("Show 3 more lines");
  });
});

/** Words between tags, or in attributes that people see or hear. */
function looseWords(source: string): string[] {
  const between = [...source.matchAll(/<\/?[A-Za-z][^<>{}=]*>\s*([A-Za-z][A-Za-z ,.]{2,}?)\s*</g)].map(([, words = ""]) => words);
  const attributes = [...source.matchAll(/\b(?:aria-label|title|placeholder|alt|label)="([^"]*[A-Za-z][^"]*)"/g)]
    .map(([, words = ""]) => words)
    .filter((words) => !(words in texts));
  return [...between, ...attributes];
}
