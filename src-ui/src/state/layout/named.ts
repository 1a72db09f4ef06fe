import { titleWords } from "../session-title";
import { useLayout } from "./index";
import { panesOf } from "./model";

/** A region's name, with its session's title where other panes have regions of that name too. */
export function useRegionName(name: string, title: string): string {
  return panesOf(useLayout()).length > 1 ? `${name}: ${titleWords(title)}` : name;
}
