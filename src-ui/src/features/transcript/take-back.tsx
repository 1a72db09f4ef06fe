import { createContext } from "react";
import { t } from "../../messages/t";
import type { Item } from "../../replica/types";
import { useAttempt } from "../../state/attempt";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import css from "./take-back.module.css";

/** The session whose owner reads; `null` for everybody else. */
export const OwnersSession = createContext<string | null>(null);

const KINDS = ["prompt", "message", "thought", "tool", "plan", "question", "permission", "suggestion"] as const;
type Kind = (typeof KINDS)[number];

/** What kind of item it is, if its words can be taken back. */
export function kindOf(item: Item): Kind | null {
  return KINDS.find((one) => one === item.kind) ?? null;
}

type Props = { session: string; seq: number; kind: Kind; onClose: () => void };

/** Taking back what was said asks first (LO11). */
export function TakeBack({ session, seq, kind, onClose }: Props) {
  const { attempt, busy, wrong } = useAttempt();
  const go = async () => {
    if (await attempt({ method: "redact", params: { session, seq } })) onClose();
  };
  return (
    <Dialog title={t("item.take_back_title", { what: t(`taken_back.${kind}`) })} onClose={onClose}>
      <p className={css.about}>{t("item.take_back_about")}</p>
      <p className={css.about}>{t("item.take_back_stays")}</p>
      <Wrong wrong={wrong} />
      <div className={css.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("item.keep")}
        </Button>
        <Button look="danger" disabled={busy} onClick={go}>
          {t("item.take_back")}
        </Button>
      </div>
    </Dialog>
  );
}
