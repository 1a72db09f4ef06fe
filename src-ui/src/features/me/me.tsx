import { Settings } from "lucide-react";
import { useState } from "react";
import type { Welcome } from "../../gen/Welcome";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { MeDialog } from "./me-dialog";

/** The way to one's own settings. */
export function Me({ welcome }: { welcome: Welcome }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" square aria-label={t("me")} title={t("me")} onClick={() => setOpen(true)}>
        <Settings size={15} aria-hidden />
      </Button>
      {open && <MeDialog welcome={welcome} onClose={() => setOpen(false)} />}
    </>
  );
}
