import type { KnockView } from "../../gen/KnockView";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { Button } from "../../ui/button";
import { Clock } from "../../ui/clock";
import css from "./door.module.css";

/** Somebody at the door, for the owner to let in or not (SH2). */
export function KnockBanner({ knocks }: { knocks: readonly KnockView[] }) {
  return knocks.map((knock) => <Knock key={knock.knock} knock={knock} />);
}

function Knock({ knock }: { knock: KnockView }) {
  const { act, busy } = useAct();
  const params = { knock: knock.knock };
  return (
    <div className={css.knock} role="alert">
      <p>
        <b>{t("door.wants", { name: knock.name })}</b>{" "}
        <span>
          {facts(knock)}
          {" · "}
          <Clock since={knock.at} />
        </span>
      </p>
      <div className={css.verbs}>
        <Button disabled={busy} onClick={() => act({ method: "refuse_knock", params })}>
          {t("door.refuse")}
        </Button>
        <Button look="primary" disabled={busy} onClick={() => act({ method: "admit", params })}>
          {t("door.admit")}
        </Button>
      </div>
    </div>
  );
}

/** By which share and with what they come; a further device says whose it would be (RO1). */
function facts({ share_label, device, kind, person }: KnockView): string {
  return [person ? t("knock.device") : share_label, device, kind === "browser" && t("knock.browser")].filter(Boolean).join(" · ");
}
