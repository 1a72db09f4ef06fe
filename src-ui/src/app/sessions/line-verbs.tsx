import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { openBeside, openSession } from "../../state/open-session";
import { printed } from "../../state/keys";
import { titleOf } from "../../state/session-title";
import { Menu, type MenuEntry } from "../../ui/menu";
import { DeleteSession } from "../delete-session";
import { EndSession } from "../end-session";
import { RenameSession } from "../rename-session";
import { TagSession } from "../tag-session";
import type { Listed } from "./listed";

export type Asking = "rename" | "tags" | "end" | "delete" | null;
type Props = { one: Listed; at: DOMRect | null; asking: Asking; onAt: (at: DOMRect | null) => void; onAsk: (what: Asking) => void };

/** What can be done with a session from outside; ending and deleting ask first (SE2, LO11). */
export function LineVerbs({ one: { row, host, owned }, at, asking, onAt, onAsk }: Props) {
  const { act } = useAct();
  const params = { session: row.session };
  const view = { session: row.session, title: row.title };
  const close = () => onAsk(null);
  const entries: (MenuEntry | null)[] = [
    { label: t("inbox.open"), run: () => openSession(row.session, host) },
    { label: t("sessions.beside"), run: () => openBeside(row.session, host) },
  ];
  if (owned) {
    entries.push(null, { label: t("session.rename"), keys: "F2", run: () => onAsk("rename") }, { label: t("session.tags"), run: () => onAsk("tags") });
    if (row.state === "active") entries.push({ label: t("session.pause"), run: () => void act({ method: "pause_session", params }) });
    if (row.state === "paused") entries.push({ label: t("session.resume"), run: () => void act({ method: "resume_session", params }) });
    if (row.state === "ended") entries.push({ label: t("session.reopen"), run: () => void act({ method: "reopen_session", params }) });
    entries.push(null);
    if (row.state !== "ended") entries.push({ label: t("session.end"), keys: printed("Delete"), run: () => onAsk("end") });
    entries.push({ label: t("session.delete"), run: () => onAsk("delete") });
  }
  return (
    <>
      {at && <Menu label={t("sessions.menu", { title: titleOf(row) })} at={at} entries={entries} onClose={() => onAt(null)} />}
      {asking === "rename" && <RenameSession view={view} onClose={close} />}
      {asking === "tags" && <TagSession row={row} onClose={close} />}
      {asking === "end" && <EndSession view={view} onClose={close} />}
      {asking === "delete" && <DeleteSession view={view} onClose={close} />}
    </>
  );
}
