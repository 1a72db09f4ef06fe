import type { Side } from "../state/layout/model";

export type Box = { left: number; top: number; width: number; height: number };
/** Between tabs, or onto a pane: into its middle, or beside it. */
export type Drop =
  | { kind: "strip"; pane: number; at: number; mark: Box }
  | { kind: "into"; pane: number; mark: Box }
  | { kind: "beside"; pane: number; side: Side; mark: Box };

const EDGE = 0.25;

/** Which tab it would come before: the first whose middle is right of the pointer. */
export function placeAmong(tabs: readonly Box[], x: number): number {
  const found = tabs.findIndex(({ left, width }) => x < left + width / 2);
  return found < 0 ? tabs.length : found;
}

/** Near a border of the pane it would stand beside it, on that side. */
export function sideOf(box: Box, x: number, y: number): Side | null {
  const across = (x - box.left) / Math.max(box.width, 1);
  const down = (y - box.top) / Math.max(box.height, 1);
  const near: [number, Side][] = [
    [across, "left"],
    [1 - across, "right"],
    [down, "above"],
    [1 - down, "below"],
  ];
  const [distance, side] = near.toSorted(([a], [b]) => a - b)[0] ?? [1, "right"];
  return distance < EDGE ? side : null;
}

/** The half of the pane that the new one would take. */
export function halfOf(box: Box, side: Side): Box {
  const [width, height] = [box.width / 2, box.height / 2];
  switch (side) {
    case "left":
      return { ...box, width };
    case "right":
      return { ...box, left: box.left + width, width };
    case "above":
      return { ...box, height };
    case "below":
      return { ...box, top: box.top + height, height };
  }
}
