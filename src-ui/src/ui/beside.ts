export type Place = "below-end" | "below-start" | "above-start";

const GAP = 6;
const EDGE = 8;

/** Puts a panel of the top layer beside its button: on the wished side where it fits, never over the window's edge. */
export function putBeside(panel: HTMLElement, anchor: DOMRect, place: Place): void {
  const above = anchor.top - GAP - EDGE;
  const below = innerHeight - anchor.bottom - GAP - EDGE;
  panel.style.maxHeight = `${Math.max(above, below)}px`;
  const { offsetWidth: width, offsetHeight: height } = panel;
  const up = place === "above-start" ? height <= above || above > below : height > below && above > below;
  const left = place === "below-end" ? anchor.right - width : anchor.left;
  panel.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - EDGE - width))}px`;
  panel.style.top = `${up ? anchor.top - GAP - height : anchor.bottom + GAP}px`;
}
