import { Globe, Monitor } from "lucide-react";
import { useState } from "react";
import type { DeviceRow } from "../gen/DeviceRow";
import { t } from "../messages/t";
import { Button } from "./button";
import { timeOfDay, useNow } from "./time";
import css from "./device-list.module.css";

type Props = { devices: readonly DeviceRow[]; busy: boolean; onRevoke: (device: string) => void };

/** A person's ways in; a browser's is unverified (PA11). The second press takes one back. */
export function DeviceList({ devices, busy, onRevoke }: Props) {
  const [asked, setAsked] = useState<string | null>(null);
  const now = useNow();
  return (
    <ul role="list" className={css.devices} aria-label={t("devices")}>
      {devices.map((one) => (
        <li key={one.device} className={css.device}>
          {one.kind === "peer" ? <Monitor size={15} aria-hidden /> : <Globe size={15} aria-hidden />}
          <div className={css.words}>
            <p className={css.label}>{one.label}</p>
            <p className={css.about}>
              {t(`device.${one.kind}`)} ·{" "}
              {one.this ? t("device.this") : one.here ? t("device.here") : t("device.seen", { time: timeOfDay(one.last_seen, now) })}
            </p>
          </div>
          {!one.this && (
            <Button
              look={asked === one.device ? "danger" : "quiet"}
              disabled={busy}
              onBlur={() => setAsked(null)}
              onClick={() => (asked === one.device ? onRevoke(one.device) : setAsked(one.device))}
            >
              {asked === one.device ? t("device.revoke_sure") : t("device.revoke")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
