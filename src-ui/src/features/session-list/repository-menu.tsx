import { Ellipsis } from "lucide-react";
import type { RepositoryView } from "../../gen/RepositoryView";
import { t } from "../../messages/t";
import { REPOSITORY_WISHES, useRepositoryWish } from "../../state/repositories";
import { Button } from "../../ui/button";
import { Menu } from "../../ui/menu";
import css from "./session-list.module.css";

type Props = { repository: RepositoryView; /** A new workspace is named right here. */ onNew: () => void; at: DOMRect | null; onAt: (at: DOMRect | null) => void };

/** What the owner can do with a repository. */
export function RepositoryMenu({ repository, onNew, at, onAt }: Props) {
  const wish = useRepositoryWish();
  const label = t("repository.menu", { repository: repository.name });
  const entries = REPOSITORY_WISHES.map((what) => ({
    label: t(`repository.wish.${what}`),
    run: () => (what === "workspace" ? onNew() : wish(repository, what)),
  }));
  return (
    <>
      <Button
        look="quiet"
        square
        className={css.verbs}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => onAt(event.currentTarget.getBoundingClientRect())}
      >
        <Ellipsis size={14} aria-hidden />
      </Button>
      {at && <Menu label={label} at={at} entries={entries} onClose={() => onAt(null)} />}
    </>
  );
}
