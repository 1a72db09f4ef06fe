import { CloudOff, LoaderCircle } from "lucide-react";
import { t } from "../../messages/t";
import type { LinkState } from "../../replica/types";
import { useDoor } from "../../state/door";
import { useRedial } from "../../state/index";
import { Button } from "../../ui/button";
import { useNow } from "../../ui/time";
import { DoorPage } from "./door-page";
import css from "./door.module.css";

type Props = { link: Extract<LinkState, { kind: "dialling" | "retrying" }> };

/** The host does not answer, and this page has nothing of it to show yet. It goes on by itself. */
export function ReachingPage({ link }: Props) {
  const guest = useDoor() !== null;
  const redial = useRedial();
  return (
    <DoorPage title={t("reach.title")}>
      <p>{guest ? t("reach.guest_todo") : t("reach.owner_todo")}</p>
      <p className={css.waiting} role="status">
        {link.kind === "retrying" ? <Countdown until={link.until} /> : <Trying />}
      </p>
      <div>
        <Button disabled={link.kind === "dialling"} onClick={redial}>
          {t("link.try_now")}
        </Button>
      </div>
    </DoorPage>
  );
}

function Trying() {
  return (
    <>
      <LoaderCircle size={15} className={css.spin} aria-hidden />
      {t("link.dialling")}
    </>
  );
}

function Countdown({ until }: { until: number }) {
  const seconds = Math.max(0, Math.ceil((until - useNow()) / 1000));
  return (
    <>
      <CloudOff size={15} className={css.still} aria-hidden />
      <span aria-live="off">{t("link.retry_in", { seconds })}</span>
    </>
  );
}
