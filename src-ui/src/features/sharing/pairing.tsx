import type { PairingView } from "../../gen/PairingView";
import { t, tn } from "../../messages/t";
import { useAct } from "../../state/act";
import { useDirectory } from "../../state/index";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { clock, timeOfDay, useNow } from "../../ui/time";
import css from "./pairing.module.css";

const TRIES = 3;

export type ShownCode = { share: string; label: string; code: string; until: number };
type Standing = "waiting" | "done" | "burnt" | "over";
type Props = { shown: ShownCode; onCode: (shown: ShownCode) => void; onDone: () => void; onClose: () => void };

/** Six digits to read out to somebody beside you, and what becomes of them (PA3). Closing takes them back. */
export function Pairing({ shown, onCode, onDone, onClose }: Props) {
  const { act, busy } = useAct();
  const now = useNow();
  const pairing = useDirectory()?.pairing ?? null;
  const standing = standingOf(pairing, shown, now);
  const stop = () => standing === "waiting" && void act({ method: "stop_pairing", params: {} });
  const resting = pairing?.resting_until !== undefined && pairing.resting_until > now ? pairing.resting_until : null;
  const renew = async () => {
    const reply = await act({ method: "start_pairing", params: { share: shown.share } });
    if (reply?.kind === "pairing_code") onCode({ ...shown, code: reply.code, until: reply.until });
  };
  return (
    <Dialog
      title={t("pair.title", { label: shown.label })}
      onClose={() => {
        stop();
        onClose();
      }}
    >
      {standing === "waiting" && (
        <>
          <p className={css.about}>{t("pair.about")}</p>
          <p className={css.code} aria-label={t("pair.code", { code: [...shown.code].join(" ") })}>
            {shown.code.slice(0, 3)} {shown.code.slice(3)}
          </p>
          <p className={css.left}>
            <span role="status">{tn("pair.tries", TRIES - triesOf(pairing, shown))}</span>
            <span>{t("pair.time", { time: clock(shown.until - now) })}</span>
          </p>
        </>
      )}
      {standing !== "waiting" && (
        <p role="status">
          <b>{t(`pair.${standing}`)}</b> {t(`pair.${standing}.about`)}
          {resting !== null && ` ${t("pair.resting", { time: timeOfDay(resting, now) })}`}
        </p>
      )}
      <div className={css.verbs}>
        {standing === "waiting" && (
          <Button
            disabled={busy}
            onClick={() => {
              stop();
              onDone();
            }}
          >
            {t("pair.stop")}
          </Button>
        )}
        {standing !== "waiting" && (
          <Button disabled={busy || resting !== null} onClick={renew}>
            {t("pair.again")}
          </Button>
        )}
        {standing !== "waiting" && (
          <Button look="primary" onClick={onDone}>
            {t("done")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

/** The host tells of its newest code only; another is told by when it ends. */
function isOf(pairing: PairingView | null, { share, until }: ShownCode): pairing is PairingView {
  return pairing?.share === share && pairing.until === until;
}

function triesOf(pairing: PairingView | null, shown: ShownCode): number {
  return isOf(pairing, shown) ? Math.min(pairing.tries, TRIES) : 0;
}

function standingOf(pairing: PairingView | null, shown: ShownCode, now: number): Standing {
  if (isOf(pairing, shown) && pairing.outcome === "done") return "done";
  if (isOf(pairing, shown) && pairing.outcome === "burnt") return "burnt";
  const replaced = pairing !== null && pairing.until > shown.until;
  return replaced || now >= shown.until ? "over" : "waiting";
}
