import { Plus } from "lucide-react";
import { useState } from "react";
import type { Directory } from "../../gen/Directory";
import type { RepositoryView } from "../../gen/RepositoryView";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { NewWorkspace } from "./new-workspace";
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
  const workspaces = directory.workspaces.filter((one) => one.repository === repository.repository);
  return (
    <div role="group" aria-label={repository.name}>
      <header className={css.repository} title={repository.path ?? undefined}>
        <h2>{repository.name}</h2>
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
      {workspaces.map((workspace) => (
        <WorkspaceNode
          key={workspace.workspace}
          workspace={workspace}
          sessions={directory.sessions.filter((row) => row.workspace === workspace.workspace)}
          current={current}
          unfolded={unfolded}
          onOpen={onOpen}
        />
      ))}
      {workspaces.length === 0 && !adding && owner && (
        <Button look="link" className={css.next} onClick={() => setAdding(true)}>
          {t("workspace.first")}
        </Button>
      )}
    </div>
  );
}
