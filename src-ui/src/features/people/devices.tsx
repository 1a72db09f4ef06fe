import type { PersonRow } from "../../gen/PersonRow";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { Button } from "../../ui/button";
import { DeviceList } from "../../ui/device-list";
import { Dialog } from "../../ui/dialog";
import css from "./menu.module.css";

/** Somebody's devices, for the owner to take one back; its person stays. */
export function Devices({ row, onClose, onChanged }: { row: PersonRow; onClose: () => void; onChanged: () => void }) {
  const { act, busy } = useAct();
  return (
    <Dialog title={t("devices.of", { name: row.name })} onClose={onClose}>
      <DeviceList
        devices={row.devices}
        busy={busy}
        onRevoke={async (device) => (await act({ method: "revoke_device", params: { device } })) && onChanged()}
      />
      <div className={css.verbs}>
        <Button onClick={onClose}>{t("done")}</Button>
      </div>
    </Dialog>
  );
}
