import { lazy, Suspense } from "react";
import { t } from "../messages/t";
import { Empty } from "../ui/empty";
import { StoreOf } from "./store-of";
import type { Shown } from "./use-open-tabs";
import css from "./pane.module.css";

const ChangesPage = lazy(() => import("../features/changes/changes-page"));

/** What became of a workspace's files, in a tab. What draws it is loaded with the first one. */
export function ChangesBody({ shown }: { shown: Shown }) {
  const { changes, known } = shown;
  const empty = (title: string) => (
    <div className={css.empty}>
      <Empty title={title} />
    </div>
  );
  if (!changes) return empty(known ? t("changes.gone") : t("start.loading"));
  return (
    <StoreOf front={shown}>
      <Suspense fallback={empty(t("start.loading"))}>
        <ChangesPage key={changes.workspace} workspace={changes.workspace} />
      </Suspense>
    </StoreOf>
  );
}
