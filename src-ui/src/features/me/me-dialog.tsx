import type { Welcome } from "../../gen/Welcome";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { HostSettings } from "./host-settings";
import { Leave } from "./leave";
import { MyDevices } from "./my-devices";
import { Name } from "./name";
import css from "./me.module.css";

type Props = { welcome: Welcome; onClose: () => void; /** Where, if not at the page's own host. */ at?: string };

/** What a person sets about themselves at this host, and the owner about the host (RO1, RO4). */
export function MeDialog({ welcome, onClose, at }: Props) {
  return (
    <Dialog title={at ? t("me.at", { host: at }) : t("me")} onClose={onClose} wide>
      <Name welcome={welcome} />
      {welcome.owner && <HostSettings />}
      <MyDevices />
      {!welcome.owner && <Leave host={welcome.host_name} />}
      <div className={css.verbs}>
        <Button look="primary" onClick={onClose}>
          {t("done")}
        </Button>
      </div>
    </Dialog>
  );
}
