import { Ellipsis } from "lucide-react";
import { createContext, use, useState } from "react";
import { t } from "../../messages/t";
import type { Item } from "../../replica/types";
import { useAttempt } from "../../state/attempt";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Popover } from "../../ui/popover";
import { Wrong } from "../../ui/wrong";
import css from "./take-back.module.css";

/** The session whose owner reads; `null` for everybody else. */
export const OwnersSession = createContext<string | null>(null);

const KINDS = ["prompt", "message", "thought", "tool", "plan", "question", "permission", "suggestion"] as const;
type Kind = (typeof KINDS)[number];

/** The owner's menu of one item: taking back what was said in it asks first (LO11). */
export function ItemMenu({ item }: { item: Item }) {
  const session = use(OwnersSession);
  const [asking, setAsking] = useState(false);
  const kind = KINDS.find((one) => one === item.kind);
  if (session === null || item.seq === undefined || item.takenBack || !kind) return null;
  return (
    <div className={css.menu}>
      <Popover
        label={t("item.menu", { what: t(`taken_back.${kind}`) })}
        trigger={(props) => (
          <Button look="quiet" square className={css.dots} aria-label={t("item.menu", { what: t(`taken_back.${kind}`) })} {...props}>
            <Ellipsis size={14} aria-hidden />
          </Button>
        )}
      >
        {(close) => (
          <Button
            look="quiet"
            className={css.danger}
            onClick={() => {
              close();
              setAsking(true);
            }}
          >
            {t("item.take_back")}
          </Button>
        )}
      </Popover>
      {asking && <TakeBack session={session} seq={item.seq} kind={kind} onClose={() => setAsking(false)} />}
    </div>
  );
}

type Props = { session: string; seq: number; kind: Kind; onClose: () => void };

function TakeBack({ session, seq, kind, onClose }: Props) {
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
