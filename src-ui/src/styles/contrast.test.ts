import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const AA = 4.5;
const AAA = 7;
const tokens = readFileSync("src/styles/tokens.css", "utf8");

describe.each(["dark", "light"])("the %s theme", (theme) => {
  const colours = read(theme);
  const ratio = (a: string, b: string) => contrast(colours[a] ?? "", colours[b] ?? "");

  it("keeps text readable on every surface", () => {
    for (const ground of ["bg", "bg1", "bg2", "bg3"])
      for (const text of ["fg", "fg2", "fg3", "acc", "ok", "warn", "bad"])
        expect(ratio(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(AA);
  });

  it("keeps the colours of code readable where code stands", () => {
    for (const text of ["keyword", "string", "number", "name", "type"])
      for (const ground of ["bg", "bg1"]) expect(ratio(`code-${text}`, ground), text).toBeGreaterThanOrEqual(AA);
  });

  it("keeps coloured grounds readable", () => {
    const pairs = [["warn", "warn-bg"], ["acc", "acc-bg"], ["bad", "bad-bg"], ["on-acc", "acc"], ["add-fg", "add"], ["del-fg", "del"]];
    for (const [text = "", ground = ""] of pairs) expect(ratio(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(AA);
  });

  it("keeps a letter readable on each of twelve faces", () => {
    for (let n = 0; n < 12; n++) expect(ratio("on-face", `p${n}`), `face ${n}`).toBeGreaterThanOrEqual(AA);
  });
});

describe.each(["dark", "light"])("the %s theme with more contrast", (theme) => {
  const colours = read(theme, readFileSync("src/styles/contrast.css", "utf8"));
  const ratio = (a: string, b: string) => contrast(colours[a] ?? "", colours[b] ?? "");

  it("WI14 keeps every text readable for weak eyes, and every border in sight", () => {
    const pairs = [["warn", "warn-bg"], ["acc", "acc-bg"], ["bad", "bad-bg"], ["on-acc", "acc"], ["add-fg", "add"], ["del-fg", "del"]];
    for (const ground of ["bg", "bg1", "bg2", "bg3"]) for (const text of ["fg", "fg2", "fg3", "acc", "ok", "warn", "bad"]) pairs.push([text, ground]);
    for (const text of ["keyword", "string", "number", "name", "type"]) pairs.push([`code-${text}`, "bg1"]);
    for (const [text = "", ground = ""] of pairs) expect(ratio(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(AAA);
    for (const ground of ["bg", "bg1", "bg2"]) expect(ratio("line", ground), `line on ${ground}`).toBeGreaterThanOrEqual(3);
  });
});

function read(theme: string, from = tokens): Record<string, string> {
  const part = from.split(`[data-theme="${theme}"]`)[1]?.split("}")[0] ?? "";
  return Object.fromEntries([...part.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]));
}

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
