import { Ellipsis } from "lucide-react";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useWish } from "../../state/wish";
import { wishesOf } from "../../state/workspaces";
import { Button } from "../../ui/button";
import { Menu } from "../../ui/menu";
import css from "./session-list.module.css";

type Props = { workspace: WorkspaceView; /** Where it is open. */ at: DOMRect | null; onAt: (at: DOMRect | null) => void };

/** What the owner can do with a workspace; each asks before anything happens. */
export function WorkspaceMenu({ workspace, at, onAt }: Props) {
  const wish = useWish();
  const label = t("workspace.menu", { workspace: workspace.name });
  const entries = wishesOf(workspace).map((what) => ({
    label: t(`workspace.${what}`),
    run: () => wish(workspace.workspace, what),
  }));
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
