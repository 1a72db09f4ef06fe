import { FolderPlus, Play } from "lucide-react";
import { useState } from "react";
import type { Directory } from "../../gen/Directory";
import { t } from "../../messages/t";
import { useTrySample } from "../../state/try-sample";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { AddRepository } from "./add-repository";
import { NeedsYou } from "./needs-you";
import { ordered } from "./order";
import { RepositoryNode } from "./repository-node";
import css from "./session-list.module.css";

const FILTER_FROM = 9;

type Props = { directory: Directory; current: string | null; owner: boolean; onOpen: (session: string) => void };

/** Repositories, their workspaces, their sessions; what needs you on top. */
export function SessionList({ directory, current, owner, onOpen }: Props) {
  const [filter, setFilter] = useState("");
  const [adding, setAdding] = useState(false);
  const { trySample, busy } = useTrySample();
  const many = directory.sessions.length >= FILTER_FROM;
  const shown = ordered(many ? filtered(directory, filter) : directory);
  return (
    <nav className={css.list} aria-label={t("sessions.label")}>
      <NeedsYou sessions={directory.sessions} onOpen={onOpen} />
      {many && (
        <Field
          type="search"
          className={css.filter}
          aria-label={t("sessions.filter")}
          placeholder={t("sessions.filter")}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      <div className={css.tree}>
        {shown.repositories.map((repository) => (
          <RepositoryNode
            key={repository.repository}
            repository={repository}
            directory={shown}
            current={current}
            owner={owner}
            unfolded={filter !== ""}
            onOpen={onOpen}
          />
        ))}
        {directory.repositories.length === 0 && (
          <p className={css.none}>{owner ? t("sessions.none") : t("sessions.none_shared")}</p>
        )}
        {filter !== "" && shown.repositories.length === 0 && (
          <p className={css.none}>{t("sessions.no_match", { filter })}</p>
        )}
      </div>
      {owner && (
        <div className={css.foot}>
          <Button look="quiet" onClick={() => setAdding(true)}>
            <FolderPlus size={14} aria-hidden /> {t("repository.add")}
          </Button>
          <Button look="quiet" disabled={busy} onClick={trySample} title={t("try.about")}>
            <Play size={13} aria-hidden /> {t("try")}
          </Button>
        </div>
      )}
      {adding && <AddRepository onClose={() => setAdding(false)} />}
    </nav>
  );
}

/** Sessions whose title, handle, workspace or repository holds the words, and what they are in. */
function filtered(directory: Directory, filter: string): Directory {
  const words = filter.trim().toLocaleLowerCase();
  if (words === "") return directory;
  const sessions = directory.sessions.filter((row) => {
    const workspace = directory.workspaces.find((one) => one.workspace === row.workspace);
    const text = `${row.title} #${row.number} ${row.handle} ${workspace?.name} ${workspace?.repository_name}`;
    return text.toLocaleLowerCase().includes(words);
  });
  const workspaces = directory.workspaces.filter((one) => sessions.some((row) => row.workspace === one.workspace));
  const repositories = directory.repositories.filter((one) =>
    workspaces.some((workspace) => workspace.repository === one.repository),
  );
  return { ...directory, repositories, workspaces, sessions };
}
