import { ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";
import { t } from "../../messages/t";
import { Badge } from "../../ui/badge";
import { cx } from "../../ui/cx";
import css from "./session-list.module.css";

type Props = { count: number; /** Words are looked for: what is in it is seen. */ unfolded: boolean; children: ReactNode };

/** The archived workspaces of a repository, out of the way until somebody looks. */
export function ArchiveGroup({ count, unfolded, children }: Props) {
  const [chosen, choose] = useState(false);
  const open = unfolded || chosen;
  return (
    <div role="group" aria-label={t("workspace.archived")}>
      <button type="button" className={cx(css.row, css.level2, css.archive)} aria-expanded={open} onClick={() => choose(!open)}>
        <ChevronRight size={12} aria-hidden className={cx(css.chevron, open && css.turned)} />
        <span className={css.name}>{t("workspace.archived")}</span>
        <Badge>{count}</Badge>
      </button>
      {open && <div className={css.archived}>{children}</div>}
    </div>
  );
}
