import { useState } from "react";
import { Sharing } from "../features/sharing/sharing";
import type { Directory } from "../gen/Directory";
import type { SessionRow } from "../gen/SessionRow";
import { t, tn } from "../messages/t";
import { workspacesInUse } from "../state/workspaces";
import { Button } from "../ui/button";
import css from "./side.module.css";

/** How many shares are live, and the way to them whatever is in view: another host, or no session at all. */
export function Shares({ directory, current }: { directory: Directory | null; current: SessionRow | null }) {
  const [open, setOpen] = useState(false);
  const live = directory?.live_shares ?? 0;
  const workspace = current?.workspace ?? workspacesInUse(directory)[0]?.workspace;
  const words = live === 0 ? t("host.nothing_shared") : tn("host.shares", live);
  if (workspace === undefined) return t("host.this");
  return (
    <>
      <Button look="link" className={css.shares} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {words}
      </Button>
      {open && <Sharing workspace={workspace} onClose={() => setOpen(false)} />}
    </>
  );
}
