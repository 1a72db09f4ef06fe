import { lazy, Suspense } from "react";
import { t } from "../messages/t";
import { Empty } from "../ui/empty";
import { StoreOf } from "./store-of";
import type { Shown } from "./use-open-tabs";
import css from "./pane.module.css";

const FilesPage = lazy(() => import("../features/files/files-page"));

/** A workspace's files, in a tab. What draws it is loaded with the first one. */
export function FilesBody({ shown }: { shown: Shown }) {
  const { files, known } = shown;
  const empty = (title: string) => (
    <div className={css.empty}>
      <Empty title={title} />
    </div>
  );
  if (!files) return empty(known ? t("files.gone") : t("start.loading"));
  return (
    <StoreOf front={shown}>
      <Suspense fallback={empty(t("start.loading"))}>
        <FilesPage key={files.workspace} workspace={files.workspace} />
      </Suspense>
    </StoreOf>
  );
}
