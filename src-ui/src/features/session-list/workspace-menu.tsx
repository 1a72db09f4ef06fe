import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useWish } from "../../state/wish";
import { wishesOf } from "../../state/workspaces";
import { RowMenu } from "./row-menu";

type Props = { workspace: WorkspaceView; /** Where it is open. */ at: DOMRect | null; onAt: (at: DOMRect | null) => void };

/** What the owner can do with a workspace; each asks before anything happens. */
export function WorkspaceMenu({ workspace, at, onAt }: Props) {
  const wish = useWish();
  const label = t("workspace.menu", { workspace: workspace.name });
  const entries = wishesOf(workspace).map((what) => ({
    label: t(`workspace.${what}`),
    run: () => wish(workspace.workspace, what),
  }));
  return <RowMenu label={label} entries={entries} at={at} onAt={onAt} />;
}
