/** One place in one line. */
export type FoundPlace = { line: Element; from: number; to: number };

/** More nobody goes through, and their paint takes longer than one waits. */
const MOST = 5_000;

type Found = { places: readonly FoundPlace[]; /** There are others behind them. */ more: boolean };

/** Places in the lines of `root` that hold what is looked for, in their order; none for less than two letters. */
export function placesWithin(root: Element | null, looked: string): Found {
  const words = looked.trim().toLowerCase();
  const places: FoundPlace[] = [];
  if (!root || words.length < 2) return { places, more: false };
  for (const line of root.querySelectorAll("[data-text]")) {
    const text = (line.textContent ?? "").toLowerCase();
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      if (places.length === MOST) return { places, more: true };
      places.push({ line, from: at, to: at + words.length });
    }
  }
  return { places, more: false };
}

/** Over as many pieces of the line as it takes: colours cut it anywhere. */
function rangeOf({ line, from, to }: FoundPlace): Range {
  const range = new Range();
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (from >= before && from < before + length) range.setStart(node, from - before);
    if (to > before && to <= before + length) range.setEnd(node, to - before);
    before += length;
  }
  return range;
}

const AROUND = 80;

/** To the middle of what is seen; to the side only as far as it takes, since the numbers of the lines stand there. */
export function showPlace(place: FoundPlace): void {
  const box = place.line.closest("[role=group]");
  const left = box?.scrollLeft ?? 0;
  place.line.scrollIntoView?.({ block: "center" });
  if (!box) return;
  box.scrollLeft = left;
  const [found, seen] = [rangeOf(place), box].map((one) => one.getBoundingClientRect());
  if (!found || !seen) return;
  if (found.right > seen.right) box.scrollLeft += found.right - seen.right + AROUND;
  else if (found.left < seen.left + AROUND) box.scrollLeft -= seen.left + AROUND - found.left;
}

/** Marks all of them, and the line of the one in sight, which every engine can. */
export function markPlaces(places: readonly FoundPlace[], here: FoundPlace | null): () => void {
  here?.line.setAttribute("data-found", "");
  const paints = typeof Highlight !== "undefined" && "highlights" in CSS;
  if (paints) {
    const found = new Highlight();
    for (const place of places) found.add(rangeOf(place));
    CSS.highlights.set("found", found);
  }
  return () => {
    here?.line.removeAttribute("data-found");
    if (paints) CSS.highlights.delete("found");
  };
}
