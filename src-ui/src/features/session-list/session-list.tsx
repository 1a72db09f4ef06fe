import { FolderPlus, Play } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { Directory } from "../../gen/Directory";
import { t } from "../../messages/t";
import { askForRepository } from "../../state/adding";
import { useTrySample } from "../../state/try-sample";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Attention, type Wanting } from "./attention";
import { CloneRows } from "./clone-rows";
import { Tree } from "./tree";
import css from "./session-list.module.css";

const FILTER_FROM = 9;

type Props = {
  directory: Directory;
  current: string | null;
  owner: boolean;
  /** Sessions at all hosts that want to be seen. */
  wanting: Wanting;
  onOpen: (session: string) => void;
  /** What other hosts have, by the words that are looked for. */
  elsewhere?: (filter: string) => ReactNode;
};

/** Repositories, their workspaces, their sessions; what needs you on top. */
export function SessionList({ directory, current, owner, wanting, onOpen, elsewhere }: Props) {
  const [filter, setFilter] = useState("");
  const { trySample, busy } = useTrySample();
  const many = directory.sessions.length >= FILTER_FROM;
  const words = many ? filter : "";
  return (
    <nav className={css.list} aria-label={t("sessions.label")}>
      <Attention {...wanting} />
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
        <Tree directory={directory} current={current} owner={owner} filter={words} onOpen={onOpen} />
        {directory.repositories.length === 0 && (
          <p className={css.none}>{owner ? t("sessions.none") : t("sessions.none_shared")}</p>
        )}
        {owner && <CloneRows />}
        {elsewhere?.(words)}
      </div>
      {owner && (
        <div className={css.foot}>
          <Button look="quiet" onClick={() => askForRepository({ again: null })}>
            <FolderPlus size={14} aria-hidden /> {t("repository.add")}
          </Button>
          <Button look="quiet" disabled={busy} onClick={trySample} title={t("try.about")}>
            <Play size={13} aria-hidden /> {t("try")}
          </Button>
        </div>
      )}
    </nav>
  );
}
