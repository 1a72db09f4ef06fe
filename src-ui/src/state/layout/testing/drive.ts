import { activeTab, chat, FRESH, panesOf, tabKey, type Layout, type Side } from "../model";
import { reduce, type Action } from "../reduce";

/** The layout after these, in order. */
export function after(...actions: Action[]): Layout {
  return actions.reduce(reduce, FRESH);
}

export function onwards(layout: Layout, ...actions: Action[]): Layout {
  return actions.reduce(reduce, layout);
}

export const key = (session: string): string => tabKey(chat(session));
export const open = (session: string): Action => ({ type: "open", tab: chat(session) });
export const beside = (session: string): Action => ({ type: "open_beside", tab: chat(session) });

/** `a b*|c*` are two columns; `/` is between the panes of one, `*` is in front, `!` has the focus, `~` is folded. */
export function drawn(layout: Layout): string {
  const pane = (one: ReturnType<typeof panesOf>[number]): string => {
    const front = activeTab(one);
    const tabs = one.tabs.map((tab) => tabKey(tab).slice(tabKey(tab).indexOf("/") + 1) + (tab === front ? "*" : "")).join(" ");
    return `${tabs || "-"}${one.folded ? "~" : ""}${one.id === layout.focus ? "!" : ""}`;
  };
  return layout.columns.map((column) => column.panes.map(pane).join("/")).join("|");
}

/** The same seed gives the same actions: sensible ones, and ones that lead nowhere. */
export function anyAction(random: () => number, layout: Layout): Action {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const panes = panesOf(layout);
  const pane = random() < 0.95 ? pick(panes).id : 99;
  const session = pick(["a", "b", "c", "d", "e", "f", "g"]);
  const side = pick<Side>(["left", "right", "above", "below"]);
  const at = Math.floor(random() * 5);
  const column = random() < 0.5 ? null : Math.floor(random() * 4);
  return pick<Action>([
    open(session),
    open(session),
    beside(session),
    { type: "choose", key: key(session) },
    { type: "focus", pane },
    { type: "split", pane, side },
    { type: "move", key: key(session), pane, at },
    { type: "move_out", key: key(session), pane, side },
    { type: "close_tab", key: key(session) },
    { type: "close_pane", pane },
    { type: "reopen" },
    { type: "resize", border: { column, index: at }, first: random() * 3 - 1 },
    { type: "fold", pane },
    { type: "unfold", pane },
    { type: "prune", gone: (tab) => tab.kind === "chat" && tab.session === session },
  ]);
}
