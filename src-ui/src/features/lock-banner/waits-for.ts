import type { TurnView } from "../../gen/TurnView";
import { t } from "../../messages/t";

/** What the turn does or waits for, in a few words. */
export function waitsFor(turn: TurnView): string {
  switch (turn.phase) {
    case "starting":
      return t("phase.starting");
    case "stopping":
      return t("phase.stopping");
    case "running":
      return t("phase.running");
    case "awaiting": {
      const things = [...new Set(turn.waiting_on)].map((what) => t(`waiting.${what}`));
      return things.length === 0 ? t("phase.running") : t("phase.awaiting", { things: things.join(", ") });
    }
  }
}
