/**
 * How well words fit what is looked for: `null` where a letter is missing. Beginnings of words count most, letters
 * that follow each other next; among equals the shorter text is nearer.
 */
export function fitOf(looked: string, words: string): number | null {
  const parts = looked.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const text = words.toLocaleLowerCase();
  let sum = 0;
  for (const part of parts) {
    const fit = fitOfPart(part, text);
    if (fit === null) return null;
    sum += fit;
  }
  return sum - text.length / 1000;
}

function fitOfPart(part: string, text: string): number | null {
  const whole = text.indexOf(part);
  if (whole >= 0) return part.length * (startsWord(text, whole) ? 4 : 3);
  let at = -1;
  let sum = 0;
  for (const letter of part) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return null;
    sum += next === at + 1 ? 1 : startsWord(text, next) ? 2 : 0;
    at = next;
  }
  // Scattered letters are chance, not a match.
  return sum >= part.length ? sum : null;
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || /[\s/_#.:-]/.test(text[at - 1] ?? "");
}

/** Those that fit, the best first; all of them, in their order, where nothing is looked for. */
export function matching<T>(all: readonly T[], looked: string, words: (one: T) => string): T[] {
  if (looked.trim() === "") return [...all];
  return all
    .flatMap((one, index) => {
      const fit = fitOf(looked, words(one));
      return fit === null ? [] : [{ one, fit, index }];
    })
    .sort((a, b) => b.fit - a.fit || a.index - b.index)
    .map(({ one }) => one);
}
