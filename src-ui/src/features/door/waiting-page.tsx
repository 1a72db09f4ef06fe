import { LoaderCircle } from "lucide-react";
import { t } from "../../messages/t";
import { DoorPage } from "./door-page";
import { Fingerprint } from "./fingerprint";
import css from "./door.module.css";

/** The owner has been asked; the page goes on by itself. */
export function WaitingPage() {
  return (
    <DoorPage title={t("door.waiting")}>
      <p className={css.waiting} role="status">
        <LoaderCircle size={15} className={css.spin} aria-hidden />
        {t("door.waiting_about")}
      </p>
      <Fingerprint />
    </DoorPage>
  );
}
