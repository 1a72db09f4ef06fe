import type { RepositoryView } from "../../gen/RepositoryView";
import { t } from "../../messages/t";
import { REPOSITORY_WISHES, useRepositoryWish } from "../../state/repositories";
import { RowMenu } from "./row-menu";

type Props = { repository: RepositoryView; /** A new workspace is named right here. */ onNew: () => void; at: DOMRect | null; onAt: (at: DOMRect | null) => void };

/** What the owner can do with a repository. */
export function RepositoryMenu({ repository, onNew, at, onAt }: Props) {
  const wish = useRepositoryWish();
  const label = t("repository.menu", { repository: repository.name });
  const entries = REPOSITORY_WISHES.map((what) => ({
    label: t(`repository.wish.${what}`),
    run: () => (what === "workspace" ? onNew() : wish(repository, what)),
  }));
  return <RowMenu label={label} entries={entries} at={at} onAt={onAt} />;
}
