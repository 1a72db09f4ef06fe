import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { openBeside, openSession } from "../../state/open-session";
import { printed } from "../../state/keys";
import { useHere } from "../../state/rights-in";
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
export function LineVerbs({ one, at, asking, onAt, onAsk }: Props) {
  const { row } = one;
  const view = { session: row.session, title: row.title };
  const close = () => onAsk(null);
  return (
    <>
      {at && <LineMenu one={one} at={at} onAt={onAt} onAsk={onAsk} />}
      {asking === "rename" && <RenameSession view={view} onClose={close} />}
      {asking === "tags" && <TagSession row={row} onClose={close} />}
      {asking === "end" && <EndSession view={view} onClose={close} />}
      {asking === "delete" && <DeleteSession view={view} onClose={close} />}
    </>
  );
}

/** The owner has every verb; who may steer there has all but the one that leaves nothing. */
function LineMenu({ one: { row, host, owned }, at, onAt, onAsk }: Pick<Props, "one" | "onAt" | "onAsk"> & { at: DOMRect }) {
  const { act } = useAct();
  const { owner, rights } = useHere(row.workspace);
  const params = { session: row.session };
  const keyed = (keys: string) => (owned ? { keys } : {});
  const entries: (MenuEntry | null)[] = [
    { label: t("inbox.open"), run: () => openSession(row.session, host) },
    { label: t("sessions.beside"), run: () => openBeside(row.session, host) },
  ];
  if (owned || owner || rights.includes("steer") || rights.includes("own")) {
    entries.push(null, { label: t("session.rename"), ...keyed("F2"), run: () => onAsk("rename") }, { label: t("session.tags"), run: () => onAsk("tags") });
    if (row.state === "active") entries.push({ label: t("session.pause"), run: () => void act({ method: "pause_session", params }) });
    if (row.state === "paused") entries.push({ label: t("session.resume"), run: () => void act({ method: "resume_session", params }) });
    if (row.state === "ended") entries.push({ label: t("session.reopen"), run: () => void act({ method: "reopen_session", params }) });
    entries.push(null);
    if (row.state !== "ended") entries.push({ label: t("session.end"), ...keyed(printed("Delete")), run: () => onAsk("end") });
    if (owned) entries.push({ label: t("session.delete"), run: () => onAsk("delete") });
  }
  return <Menu label={t("sessions.menu", { title: titleOf(row) })} at={at} entries={entries} onClose={() => onAt(null)} />;
}
