import { t } from "../messages/t";
import { setTaste, useTaste } from "../state/taste";
import { Splitter } from "../ui/splitter";
import css from "./shell.module.css";

const LEAST = 200;
const MOST = 460;

const within = (pixels: number) => Math.round(Math.min(Math.max(pixels, LEAST), MOST));

/**
 * The border of the side bar, or of the panel of people, which keep their width in pixels. It stands at an edge of the
 * middle, so that it lies in a landmark.
 */
export function WideSplitter({ of }: { of: "side" | "people" }) {
  const taste = useTaste();
  const first = of === "side";
  const width = first ? taste.sideWidth : taste.peopleWidth;
  return (
    <Splitter
      label={t(first ? "side.border" : "people.border")}
      between="columns"
      around={first ? leftOfMain : rightOfMain}
      className={first ? css.atStart : css.atEnd}
      value={((first ? width : MOST - width) / MOST) * 100}
      draw={(before, after, at, both) => {
        if (first) before.style.width = `${within(at)}px`;
        else after.style.width = `${within(both - at)}px`;
      }}
      onMoved={(part, both) => setTaste(first ? { sideWidth: within(part * both) } : { peopleWidth: within((1 - part) * both) })}
    />
  );
}

type Around = readonly [HTMLElement, HTMLElement];

function leftOfMain(bar: HTMLElement): Around {
  const main = bar.closest("main") as HTMLElement;
  return [main.previousElementSibling as HTMLElement, main];
}

function rightOfMain(bar: HTMLElement): Around {
  const main = bar.closest("main") as HTMLElement;
  return [main, main.nextElementSibling as HTMLElement];
}
