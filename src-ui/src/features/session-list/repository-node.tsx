import { Plus } from "lucide-react";
import { useState } from "react";
import type { Directory } from "../../gen/Directory";
import type { RepositoryView } from "../../gen/RepositoryView";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { isInUse } from "../../state/workspaces";
import { ArchiveGroup } from "./archive-group";
import { NewWorkspace } from "./new-workspace";
import { RepositoryMenu } from "./repository-menu";
import { WorkspaceNode } from "./workspace-node";
import css from "./session-list.module.css";

type Props = {
  repository: RepositoryView;
  directory: Directory;
  current: string | null;
  owner: boolean;
  unfolded: boolean;
  onOpen: (session: string) => void;
};

export function RepositoryNode({ repository, directory, current, owner, unfolded, onOpen }: Props) {
  const [adding, setAdding] = useState(false);
  const [at, setAt] = useState<DOMRect | null>(null);
  const own = directory.workspaces.filter((one) => one.repository === repository.repository);
  const workspaces = own.filter(isInUse);
  const archived = own.filter(({ state }) => state === "archived");
  const node = (workspace: WorkspaceView) => (
    <WorkspaceNode
      key={workspace.workspace}
      workspace={workspace}
      owner={owner}
      sessions={directory.sessions.filter((row) => row.workspace === workspace.workspace)}
      current={current}
      unfolded={unfolded}
      onOpen={onOpen}
    />
  );
  return (
    <div role="group" aria-label={repository.name}>
      <header
        className={css.repository}
        title={repository.path ?? undefined}
        onContextMenu={(event) => {
          if (!owner) return;
          event.preventDefault();
          setAt(event.currentTarget.getBoundingClientRect());
        }}
      >
        <h2>{repository.name}</h2>
        {owner && <RepositoryMenu repository={repository} at={at} onAt={setAt} onNew={() => setAdding(true)} />}
        {owner && (
          <Button
            look="quiet"
            square
            className={css.add}
            aria-label={t("workspace.new_in", { repository: repository.name })}
            title={t("workspace.new")}
            onClick={() => setAdding(true)}
          >
            <Plus size={14} aria-hidden />
          </Button>
        )}
      </header>
      {adding && <NewWorkspace repository={repository.repository} onClose={() => setAdding(false)} />}
      {workspaces.map(node)}
      {archived.length > 0 && (
        <ArchiveGroup count={archived.length} unfolded={unfolded}>
          {archived.map(node)}
        </ArchiveGroup>
      )}
      {workspaces.length === 0 && archived.length === 0 && !adding && owner && (
        <Button look="link" className={css.next} onClick={() => setAdding(true)}>
          {t("workspace.first")}
        </Button>
      )}
    </div>
  );
}
