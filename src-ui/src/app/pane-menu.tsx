import { Columns2, FoldHorizontal, LayoutPanelLeft, RotateCcw, Rows2, X } from "lucide-react";
import { useRef, useState } from "react";
import { t } from "../messages/t";
import { actOnLayout } from "../state/layout";
import { MOST_PANES, panesOf, type Layout, type Pane } from "../state/layout/model";
import { Button } from "../ui/button";
import { Menu, type MenuEntry } from "../ui/menu";

/** Split, fold and close a pane, and bring back what was closed. */
export function PaneMenu({ pane, layout }: { pane: Pane; layout: Layout }) {
  const [at, setAt] = useState<DOMRect | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panes = panesOf(layout);
  const full = panes.length >= MOST_PANES;
  const alone = panes.length === 1;
  const entries: (MenuEntry | null)[] = [
    { label: t("pane.split_right"), icon: <Columns2 size={14} aria-hidden />, off: full, run: () => actOnLayout({ type: "split", pane: pane.id, side: "right" }) },
    { label: t("pane.split_below"), icon: <Rows2 size={14} aria-hidden />, off: full, run: () => actOnLayout({ type: "split", pane: pane.id, side: "below" }) },
    null,
    {
      label: t("pane.fold"),
      icon: <FoldHorizontal size={14} aria-hidden />,
      off: panes.filter(({ folded }) => !folded).length < 2,
      run: () => actOnLayout({ type: "fold", pane: pane.id }),
    },
    { label: t("pane.close"), icon: <X size={14} aria-hidden />, off: alone, run: () => actOnLayout({ type: "close_pane", pane: pane.id }) },
    null,
    { label: t("pane.reopen"), icon: <RotateCcw size={14} aria-hidden />, off: layout.closed.length === 0, run: () => actOnLayout({ type: "reopen" }) },
  ];
  return (
    <>
      <Button
        ref={button}
        look="quiet"
        square
        aria-label={t("pane.menu")}
        title={t("pane.menu")}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={() => setAt(button.current?.getBoundingClientRect() ?? null)}
      >
        <LayoutPanelLeft size={15} aria-hidden />
      </Button>
      {at && <Menu label={t("pane.menu")} at={at} entries={entries} onClose={() => setAt(null)} />}
    </>
  );
}
