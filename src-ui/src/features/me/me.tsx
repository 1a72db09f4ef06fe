import { Settings } from "lucide-react";
import { useState } from "react";
import type { Welcome } from "../../gen/Welcome";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Consensus } from "./consensus";
import { Leave } from "./leave";
import { MyDevices } from "./my-devices";
import { Name } from "./name";
import css from "./me.module.css";

/** What a person sets about themselves at this host, and the owner about the host (RO1, RO4). */
export function Me({ welcome }: { welcome: Welcome }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" square aria-label={t("me")} title={t("me")} onClick={() => setOpen(true)}>
        <Settings size={15} aria-hidden />
      </Button>
      {open && (
        <Dialog title={t("me")} onClose={() => setOpen(false)} wide>
          <Name welcome={welcome} />
          {welcome.owner && <Consensus />}
          <MyDevices />
          {!welcome.owner && <Leave host={welcome.host_name} />}
          <div className={css.verbs}>
            <Button look="primary" onClick={() => setOpen(false)}>
              {t("done")}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
