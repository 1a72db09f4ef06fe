import { Ellipsis } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "../../ui/button";
import { Menu } from "../../ui/menu";
import css from "./session-list.module.css";

type Props = { label: string; entries: ComponentProps<typeof Menu>["entries"]; /** Where it is open. */ at: DOMRect | null; onAt: (at: DOMRect | null) => void };

/** The dots at the end of a row, and the menu that they open. */
export function RowMenu({ label, entries, at, onAt }: Props) {
  return (
    <>
      <Button
        look="quiet"
        square
        className={css.verbs}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => onAt(event.currentTarget.getBoundingClientRect())}
      >
        <Ellipsis size={14} aria-hidden />
      </Button>
      {at && <Menu label={label} at={at} entries={entries} onClose={() => onAt(null)} />}
    </>
  );
}
