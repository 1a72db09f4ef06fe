import { useEffect, useState, type ReactNode } from "react";
import type { Directory } from "../gen/Directory";
import { t } from "../messages/t";
import { actOnLayout } from "../state/layout";
import { ASIDES, panesOf, type Aside as What } from "../state/layout/model";
import { showPage, usePage } from "../state/page";
import { getTaste, setTaste, useTaste } from "../state/taste";
import { useMedia } from "../ui/use-media";
import type { Action } from "./action";
import { Aside } from "./aside";
import { StoreOf } from "./store-of";
import type { OpenTabs } from "./use-open-tabs";
import { workspaceOf } from "./use-work-actions";

const KEYS: Record<What, string> = { changes: "Mod+Shift+G", files: "Mod+Shift+E", people: "Mod+Shift+M" };

export type AsideWork = {
  /** The panel where it stands beside the middle; `null` while it does not. */
  column: ReactNode;
  /** The panel where it lies over the middle. */
  over: ReactNode;
  close: () => void;
  /** Whether the people are in sight, and the way to them or back. */
  people: { shown: boolean; toggle: () => void };
  actions: Action[];
};

/** The right panel, where there is room for it beside the middle and where there is not (WI33). */
export function useAside(tabs: OpenTabs, directory: Directory | null, owner: boolean): AsideWork {
  const beside = useMedia("(min-width: 1101px)");
  const taste = useTaste();
  const page = usePage();
  const [lies, lay] = useState(false);
  const { front, company, layout } = tabs;
  const open = beside ? taste.people : lies;
  const turn = (on: boolean) => (beside ? setTaste({ people: on }) : lay(on));
  const close = () => turn(false);
  const show = (aside: What) => {
    actOnLayout({ type: "aside", aside });
    turn(true);
  };
  const shown = open && layout.aside === "people";
  const there = page === null && (front !== null || panesOf(layout).length > 1);
  // What lay over something that has gone is not to come back over something else.
  useEffect(() => {
    if (lies && (beside || !there)) lay(false);
  }, [lies, beside, there]);
  const panel = there && open && (
    <Aside
      workspace={front && workspaceOf(front, front.other ? front.other.directory : directory)}
      session={company?.row?.session ?? null}
      knocks={owner ? (directory?.knocks.length ?? 0) : 0}
      onLeft={() => lay(false)}
      onClose={close}
    />
  );
  const placed = panel && front ? <StoreOf front={front}>{panel}</StoreOf> : panel;
  const lead = (aside: What) => () => {
    showPage(null);
    show(aside);
    requestAnimationFrame(() => document.getElementById(`aside-${aside}`)?.focus());
  };
  const turnAround = () => {
    if (page === null) return turn(beside ? !getTaste().people : !lies);
    showPage(null);
    turn(true);
  };
  const actions = [
    { id: "aside", group: "window" as const, words: t("action.aside"), keys: "Mod+Alt+B", run: turnAround },
    ...ASIDES.map((aside): Action => ({ id: `aside-${aside}`, group: "window", words: t(`action.aside_${aside}`), keys: KEYS[aside], run: lead(aside) })),
  ];
  return { column: beside ? placed : null, over: beside ? null : placed, close, people: { shown, toggle: () => (shown ? close() : show("people")) }, actions };
}
