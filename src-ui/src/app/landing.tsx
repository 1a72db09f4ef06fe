import { Plus } from "lucide-react";
import type { SessionRow } from "../gen/SessionRow";
import { t } from "../messages/t";
import { openSession, ranked } from "../state/open-session";
import { titleOf } from "../state/session-title";
import { workspacesInUse } from "../state/workspaces";
import { Button } from "../ui/button";
import { Dot } from "../ui/dot";
import { toneOf } from "../ui/status-tone";
import { ago, useNow } from "../ui/time";
import type { PaneWork } from "./pane-view";
import { placeOf } from "./place-of";
import { Start } from "./start";
import css from "./landing.module.css";

type Found = { row: SessionRow; host: { key: string; name: string } | null; where: string };

/** A pane with nothing open: every session that could be, those that want to be seen first, ended ones last. */
export function Landing({ work }: { work: Pick<PaneWork, "tabs" | "directory" | "owner" | "onNew"> }) {
  const { directory, owner, tabs } = work;
  const all = [
    ...foundIn(directory, null),
    ...tabs.hosts.flatMap(({ row, directory: theirs }) => foundIn(theirs, { key: row.key, name: row.label })),
  ];
  const ended = all.filter(({ row }) => row.state === "ended");
  const open = all.filter(({ row }) => row.state !== "ended");
  if (all.length === 0) return <Start directory={directory} owner={owner} />;
  return (
    <div className={css.page}>
      <div className={css.inner}>
        <header className={css.top}>
          <h2 className={css.title}>{t("landing.title")}</h2>
          {workspacesInUse(directory).length > 0 && (
            <Button onClick={work.onNew}>
              <Plus size={14} aria-hidden /> {t("session.new")}
            </Button>
          )}
        </header>
        {open.length > 0 && <Rows label={t("landing.open")} found={open} />}
        {ended.length > 0 && <Rows label={t("landing.ended")} found={ended} />}
      </div>
    </div>
  );
}

function Rows({ label, found }: { label: string; found: readonly Found[] }) {
  const now = useNow();
  return (
    <section aria-label={label}>
      <h3 className={css.label}>{label}</h3>
      <ul role="list" className={css.rows}>
        {found.map(({ row, host, where }) => (
          <li key={`${host?.key ?? ""}/${row.session}`}>
            <button type="button" className={css.row} onClick={() => openSession(row.session, host?.key ?? null)}>
              <Dot tone={toneOf(row.status)} label={t(`status.${row.status}`)} />
              <span className={css.name}>{titleOf(row)}</span>
              <span className={css.where}>{where}</span>
              <span className={css.when}>{ago(row.updated_at, now)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function foundIn(directory: PaneWork["directory"], host: Found["host"]): Found[] {
  if (!directory) return [];
  const rows = [...ranked(directory), ...directory.sessions.filter(({ state }) => state === "ended").toSorted((a, b) => b.updated_at - a.updated_at)];
  return rows.map((row) => {
    return { row, host, where: placeOf(row, directory, host?.name ?? null).words };
  });
}
