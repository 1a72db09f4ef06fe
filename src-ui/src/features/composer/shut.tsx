import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { Button } from "../../ui/button";
import css from "./composer.module.css";

type Props = { why: "muted" | "watching" | "ended"; session: string; mayReopen: boolean };

/** Says why this person cannot write here, and what would change it. */
export function Shut({ why, session, mayReopen }: Props) {
  const { act, busy } = useAct();
  return (
    <p className={css.shut}>
      {t(`composer.shut.${why}`)}
      {why === "ended" && mayReopen && (
        <Button
          look="link"
          disabled={busy}
          onClick={() => act({ method: "reopen_session", params: { session } })}
        >
          {t("session.reopen")}
        </Button>
      )}
    </p>
  );
}
