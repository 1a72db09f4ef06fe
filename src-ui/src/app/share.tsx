import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Sharing } from "../features/sharing/sharing";
import { t, tn } from "../messages/t";
import { useDirectory } from "../state/index";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import css from "./share.module.css";

/** How many shares are live, and the way to them. */
export function Share({ workspace }: { workspace: string }) {
  const [open, setOpen] = useState(false);
  const live = useDirectory()?.live_shares ?? 0;
  return (
    <>
      <Button className={css.button} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <UserPlus size={14} aria-hidden />
        <span>{t("share")}</span>
        {live > 0 && <Badge label={tn("share.badge", live)}>{live}</Badge>}
      </Button>
      {open && <Sharing workspace={workspace} onClose={() => setOpen(false)} />}
    </>
  );
}
