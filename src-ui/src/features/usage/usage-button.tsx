import { Gauge } from "lucide-react";
import { useState } from "react";
import type { RoomView } from "../../gen/RoomView";
import { t } from "../../messages/t";
import { spent } from "../../ui/amounts";
import { Button } from "../../ui/button";
import { ContextMeter } from "./context-meter";
import { UsageDialog } from "./usage-dialog";
import css from "./usage.module.css";

/** What the session took so far, live, and the way to who took it (AG7). */
export function UsageButton({ view }: { view: RoomView }) {
  const [open, setOpen] = useState(false);
  const words = spent(view.usage);
  return (
    <>
      <Button
        look="quiet"
        className={css.button}
        aria-haspopup="dialog"
        aria-label={words === "" ? t("usage.show_none") : t("usage.show", { spent: words })}
        onClick={() => setOpen(true)}
      >
        <Gauge size={15} aria-hidden className={css.icon} />
        <span className={css.spent}>{words}</span>
        <ContextMeter usage={view.usage} />
      </Button>
      {open && <UsageDialog view={view} onClose={() => setOpen(false)} />}
    </>
  );
}
