import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { ForkDialog } from "../features/transcript/fork-dialog";
import type { RoomView } from "../gen/RoomView";
import { t } from "../messages/t";
import { useAct } from "../state/act";
import { useForkPlace } from "../state/fork";
import { useDirectory } from "../state/index";
import { useSaveLog } from "../state/save-log";
import { Button } from "../ui/button";
import { Popover } from "../ui/popover";
import { DeleteSession } from "./delete-session";
import { EndSession } from "./end-session";
import { RenameSession } from "./rename-session";
import { TagSession } from "./tag-session";
import css from "./session-menu.module.css";

/** Rename, tag, pause, fork, end, reopen, delete. Ending and deleting ask first. */
export function SessionMenu({ view }: { view: RoomView }) {
  const [asking, setAsking] = useState<"rename" | "tags" | "fork" | "end" | "delete" | null>(null);
  const { act, busy } = useAct();
  const row = useDirectory()?.sessions.find(({ session }) => session === view.session);
  const place = useForkPlace(view);
  const owns = view.you.rights.includes("own");
  const log = useSaveLog(view.session, `conclave-session-${view.number}.jsonl`);
  const params = { session: view.session };
  const item = (label: string, run: () => void, look: "quiet" | "danger" = "quiet") => (
    <Button look={look === "danger" ? "quiet" : look} className={look === "danger" ? css.danger : css.item} onClick={run}>
      {label}
    </Button>
  );
  return (
    <>
      <Popover
        label={t("session.menu")}
        trigger={(props) => (
          <Button look="quiet" square aria-label={t("session.menu")} disabled={busy || log.busy} {...props}>
            <Ellipsis size={16} aria-hidden />
          </Button>
        )}
      >
        {(close) => {
          const then = (run: () => void) => () => {
            close();
            run();
          };
          return (
            <div className={css.menu}>
              {item(t("session.rename"), then(() => setAsking("rename")))}
              {row && view.you.rights.includes("steer") && item(t("session.tags"), then(() => setAsking("tags")))}
              {view.state === "active" &&
                item(t("session.pause"), then(() => void act({ method: "pause_session", params })))}
              {view.state === "paused" &&
                item(t("session.resume"), then(() => void act({ method: "resume_session", params })))}
              {view.state === "ended" &&
                item(t("session.reopen"), then(() => void act({ method: "reopen_session", params })))}
              {place && item(t("session.fork"), then(() => setAsking("fork")))}
              {owns && item(t("session.save_log"), then(() => void log.save()))}
              {view.state !== "ended" && item(t("session.end"), then(() => setAsking("end")), "danger")}
              {owns && item(t("session.delete"), then(() => setAsking("delete")), "danger")}
            </div>
          );
        }}
      </Popover>
      {asking === "rename" && <RenameSession view={view} onClose={() => setAsking(null)} />}
      {asking === "tags" && row && <TagSession row={row} onClose={() => setAsking(null)} />}
      {asking === "fork" && place && <ForkDialog view={view} place={place} turn={null} onClose={() => setAsking(null)} />}
      {asking === "delete" && <DeleteSession view={view} onClose={() => setAsking(null)} />}
      {asking === "end" && <EndSession view={view} onClose={() => setAsking(null)} />}
    </>
  );
}
