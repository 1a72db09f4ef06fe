import type { MouseEvent } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import css from "./lock-banner.module.css";

/** The other way beside asking for the lock: to the box, where what is written waits for its turn (TU3). */
export function QueueInstead() {
  const write = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    const page = currentTarget.closest("section")?.parentElement;
    page?.querySelector<HTMLElement>("[data-composer]")?.focus();
  };
  return (
    <Button look="ghost" className={css.queue} title={t("lock.queue_about")} onClick={write}>
      {t("lock.queue")}
    </Button>
  );
}
