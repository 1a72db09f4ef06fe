import type { KnockView } from "../../gen/KnockView";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { Button } from "../../ui/button";
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
        <span>{[knock.share_label, knock.device].filter(Boolean).join(" · ")}</span>
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
