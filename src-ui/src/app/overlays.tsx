import { Palette } from "../features/palette/palette";
import type { Entry } from "../features/palette/entry";
import { Providers } from "../features/providers/providers";
import { Shortcuts } from "../features/shortcuts/shortcuts";
import type { Welcome } from "../gen/Welcome";
import { t } from "../messages/t";
import { printed } from "../state/keys";
import type { Action, ActionGroup, Overlay } from "./action";
import { SettingsDialog } from "./settings-dialog";

type Props = {
  what: Overlay | null;
  entries: readonly Entry[];
  actions: readonly Action[];
  welcome: Welcome | null;
  onChange: (what: Overlay | null) => void;
};

/** What lies over the page: one thing at a time. */
export function Overlays({ what, entries, actions, welcome, onChange }: Props) {
  const close = () => onChange(null);
  switch (what) {
    case "palette":
    case "commands":
    case "new":
      return <Palette key={what} entries={entries} only={what === "commands" ? "actions" : what === "new" ? "new" : null} onClose={close} />;
    case "shortcuts":
      return <Shortcuts groups={keyGroups(actions)} onClose={close} />;
    case "settings":
      return welcome && <SettingsDialog welcome={welcome} onOverlay={onChange} />;
    case "agents":
      return <Providers onClose={close} />;
    case null:
      return null;
  }
}

const GROUPS: readonly ActionGroup[] = ["window", "tabs", "panes", "session"];

function keyGroups(actions: readonly Action[]) {
  const lines = (group: ActionGroup) =>
    actions.flatMap((action) => (action.group === group && action.keys && !action.keyOnly ? [{ words: action.words, keys: printed(action.keys) }] : []));
  const fixed: Partial<Record<ActionGroup, { words: string; keys: string }[]>> = {
    tabs: [{ words: t("action.tab_n"), keys: `${printed("Mod+1")} … 9` }],
    session: [
      { words: t("action.send"), keys: printed("Enter") },
      { words: t("action.new_line"), keys: printed("Shift+Enter") },
      { words: t("action.recall"), keys: printed("ArrowUp") },
      { words: t("action.slash"), keys: "/" },
      { words: t("action.mode"), keys: printed("Shift+Tab") },
      { words: t("action.card_option"), keys: "1 … 9" },
      { words: t("action.card_yes"), keys: "Y" },
      { words: t("action.card_no"), keys: "N" },
      { words: t("action.peel"), keys: printed("Escape") },
    ],
  };
  return GROUPS.map((group) => ({ title: t(`action.group.${group}`), lines: [...lines(group), ...(fixed[group] ?? [])] }));
}
