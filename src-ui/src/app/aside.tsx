import { X } from "lucide-react";
import { lazy, Suspense, type ReactNode } from "react";
import { t } from "../messages/t";
import { useChanges, useSince } from "../state/changes";
import { useLayout } from "../state/layout";
import type { Aside as What } from "../state/layout/model";
import { Button } from "../ui/button";
import { Empty } from "../ui/empty";
import { AsidePeople } from "./aside-people";
import { AsideTabs } from "./aside-tabs";
import css from "./aside.module.css";

const ChangesAside = lazy(() => import("../features/changes/changes-aside"));
const FilesAside = lazy(() => import("../features/files/files-aside"));

type Props = {
  /** Of what is in front. */
  workspace: string | null;
  /** Whose people stand here. */
  session: string | null;
  /** Who waits at the door of this host. */
  knocks: number;
  /** A file was opened in the middle. */
  onLeft: () => void;
  onClose: () => void;
};

/** The right panel: what changed, what there is and who is there, of what keys go to (WI33). */
export function Aside({ workspace, session, knocks, onLeft, onClose }: Props) {
  const { aside } = useLayout();
  const [since] = useSince(workspace);
  const changes = useChanges(workspace, since);
  return (
    <aside className={css.panel} aria-label={t(aside)}>
      <header className={css.head}>
        <AsideTabs changed={(changes.answer?.files.length ?? 0) + (changes.answer?.omitted ?? 0)} session={session} knocks={knocks} />
        <Button look="quiet" square aria-label={t(`aside.hide.${aside}`)} title={t(`aside.hide.${aside}`)} onClick={onClose}>
          <X size={15} aria-hidden />
        </Button>
      </header>
      <div className={css.body} role="tabpanel" id="aside-panel" aria-labelledby={`aside-${aside}`}>
        <h2 className="only-read-aloud">{t(aside)}</h2>
        {aside === "people" ? (
          <AsidePeople session={session} />
        ) : workspace === null ? (
          <Empty title={t(`aside.none.${aside}`)}>
            <p>{t("aside.none_about")}</p>
          </Empty>
        ) : (
          <Suspense fallback={<Empty title={t("start.loading")} />}>{listOf(aside, workspace, changes, onLeft)}</Suspense>
        )}
      </div>
    </aside>
  );
}

function listOf(aside: Exclude<What, "people">, workspace: string, changes: ReturnType<typeof useChanges>, onLeft: () => void): ReactNode {
  switch (aside) {
    case "changes":
      return <ChangesAside key={workspace} workspace={workspace} asked={changes} onLeft={onLeft} />;
    case "files":
      return <FilesAside key={workspace} workspace={workspace} onLeft={onLeft} />;
  }
}
