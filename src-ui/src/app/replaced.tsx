import { useState } from "react";
import { t } from "../messages/t";
import { Button } from "../ui/button";
import css from "./session-page.module.css";

/** Says that the host's log is another one now and what was shown before is not (LO9). */
export function Replaced({ at }: { at: number | null }) {
  const [seen, setSeen] = useState<number | null>(null);
  if (at === null || at === seen) return null;
  return (
    <div className={css.replaced} role="status">
      <span>{t("replaced")}</span>
      <Button look="ghost" onClick={() => setSeen(at)}>
        {t("dismiss")}
      </Button>
    </div>
  );
}
