import type { Directory } from "../../gen/Directory";
import { t } from "../../messages/t";
import { useStore } from "../../state/index";
import { useUnreadKeys } from "../../state/unread";
import { filtered, ordered } from "./order";
import { RepositoryNode } from "./repository-node";
import { useHold, useSteady } from "./use-steady";
import css from "./session-list.module.css";

type Props = {
  directory: Directory;
  current: string | null;
  owner: boolean;
  filter: string;
  onOpen: (session: string) => void;
};

/** The repositories of one host, their workspaces, their sessions. */
export function Tree({ directory, current, owner, filter, onOpen }: Props) {
  const { place } = useStore();
  const unread = useUnreadKeys();
  const { held, on } = useHold();
  const now = ordered(filtered(directory, filter), (session) => unread.has(place + session));
  const shown = { ...now, sessions: useSteady(now.sessions, ({ session }) => session, held) };
  return (
    <div {...on}>
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
      {filter !== "" && shown.repositories.length === 0 && (
        <p className={css.none}>{t("sessions.no_match", { filter })}</p>
      )}
    </div>
  );
}
