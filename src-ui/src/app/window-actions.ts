import { isOwnWindow, type Around } from "../link";
import { focusCard } from "../features/cards/card-keys";
import { t } from "../messages/t";
import { askForRepository } from "../state/adding";
import { findIn } from "../state/finding";
import { togglePage } from "../state/page";
import { getTaste, setTaste, stepSize, type Contrast, type Theme } from "../state/taste";
import type { Action, Overlay } from "./action";
import { focusPane } from "./pane-actions";
import type { Finds } from "./use-finds";

type Given = { owner: boolean; finds: Finds; /** A card there waits for this person. */ waits: boolean; onOverlay: (what: Overlay) => void };

/** What keys and the palette do with the window as a whole. */
export function windowActions({ owner, finds, waits, onOverlay }: Given): Action[] {
  const of = (id: string, words: string, keys: string | undefined, run: () => void): Action => ({ id, group: "window", words, keys, run });
  const mod = isOwnWindow() ? "Mod" : "Alt";
  return [
    { ...of("palette", t("palette"), "Mod+K", () => onOverlay("palette")), leadsBack: true },
    { ...of("commands", t("action.commands"), "Mod+Shift+P", () => onOverlay("commands")), leadsBack: true },
    { ...of("tab-new", t("tab.new"), `${mod}+T`, () => onOverlay("palette")), group: "tabs", leadsBack: true },
    of("inbox", t("action.inbox"), "Mod+I", () => togglePage("inbox")),
    of("sessions", t("action.sessions"), "Mod+Shift+L", () => togglePage("sessions")),
    { ...of("new", t("action.new"), `${mod}+N`, () => onOverlay("new")), leadsBack: true },
    of("side", t("action.side"), "Mod+B", () => setTaste({ side: !getTaste().side })),
    { ...of("composer", t("action.composer"), "Mod+L", focusPane), group: "session" },
    { ...of("card", t("action.card"), "Mod+J", () => requestAnimationFrame(focusCard)), group: "session", off: !waits },
    { ...of("find", finds.words, "Mod+F", () => findIn(finds.key)), group: "session", off: finds.key === null },
    of("settings", t("me"), "Mod+,", () => onOverlay("settings")),
    of("shortcuts", t("shortcuts"), "Mod+/", () => onOverlay("shortcuts")),
    ...(owner ? [of("repository", t("repository.add"), undefined, () => askForRepository({ again: null }))] : []),
    ...(owner ? [of("agents", t("providers"), undefined, () => onOverlay("agents"))] : []),
  ];
}

/** Settings that the palette changes at once. */
export function tasteActions(around: Around): Action[] {
  const of = (id: string, words: string, run: () => void, keys?: string): Action => ({ id, group: "window", words, keys, run });
  // A browser has a zoom of its own under these keys.
  const zoom = (chord: string) => (isOwnWindow() ? chord : undefined);
  const theme = (one: Theme) => of(`theme-${one}`, t("action.theme", { theme: t(`theme.${one}`) }), () => setTaste({ theme: one }));
  const contrast: Contrast = getTaste().contrast === "more" ? "system" : "more";
  const notified = getTaste().notices && around.leave() === "given";
  const notify = async (): Promise<void> => setTaste({ notices: !notified && (await around.askLeave()) === "given" });
  return [
    of("notices", t(notified ? "action.notices_off" : "action.notices_on"), () => void notify()),
    ...(["light", "dark", "system"] as const).map(theme),
    of("contrast", t(contrast === "more" ? "action.contrast_more" : "action.contrast_system"), () => setTaste({ contrast })),
    of("larger", t("action.larger"), () => stepSize(1), zoom("Mod+=")),
    of("smaller", t("action.smaller"), () => stepSize(-1), zoom("Mod+-")),
    of("size", t("action.size"), () => setTaste({ size: 100 }), zoom("Mod+0")),
  ];
}
