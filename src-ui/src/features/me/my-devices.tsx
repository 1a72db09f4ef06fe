import { useState } from "react";
import type { Invited } from "../../gen/Invited";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { useAsked } from "../../state/asked";
import { Button } from "../../ui/button";
import { CopyLine } from "../../ui/copy-line";
import { DeviceList } from "../../ui/device-list";
import { Qr } from "../../ui/qr";
import { Wrong } from "../../ui/wrong";
import css from "./me.module.css";

/** One's own ways in, and a link for one more (RO1). */
export function MyDevices() {
  const { answer, wrong, again } = useAsked({ method: "my_devices" }, "devices");
  const [link, setLink] = useState<Invited | null>(null);
  const { act, busy } = useAct();
  const add = async () => {
    const reply = await act({ method: "add_my_device", params: {} });
    if (reply?.kind === "invited") setLink(reply.invite);
  };
  const revoke = async (device: string) => {
    if (await act({ method: "revoke_my_device", params: { device } })) again();
  };
  return (
    <div className={css.part}>
      <p className={css.title}>{t("devices.mine")}</p>
      <Wrong wrong={wrong} />
      <DeviceList devices={answer?.devices ?? []} busy={busy} onRevoke={revoke} />
      {link ? (
        <div className={css.link}>
          <Qr text={link.link} label={t("devices.qr")} />
          <div className={css.lines}>
            <p className={css.note}>{t("devices.link_about")}</p>
            <CopyLine label={t("invite.link")} text={link.link} />
            <CopyLine label={t("invite.code")} text={link.code} />
          </div>
        </div>
      ) : (
        <div>
          <Button disabled={busy} onClick={add}>
            {t("devices.add")}
          </Button>
        </div>
      )}
    </div>
  );
}
