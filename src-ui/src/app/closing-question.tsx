import type { Standing } from "../link";
import { t, tn } from "../messages/t";
import { useAround } from "../state/around";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import css from "./session-menu.module.css";

/** DT3: closing would end what goes on here, so the person says what is meant. */
export function ClosingQuestion({ standing, onStay }: { standing: Standing; onStay: () => void }) {
  const around = useAround();
  const { needs_you, running, guests, terminals } = standing;
  const parts = [
    running > 0 ? tn("closing.running", running) : null,
    needs_you > 0 ? tn("closing.needs_you", needs_you) : null,
    guests > 0 ? tn("closing.guests", guests) : null,
    terminals > 0 ? tn("closing.terminals", terminals) : null,
  ].filter((part) => part !== null);
  return (
    <Dialog title={t("closing.title")} onClose={onStay}>
      <p>{parts.join(" ")}</p>
      <p className={css.about}>{t("closing.about")}</p>
      <div className={css.verbs}>
        <Button onClick={onStay}>{t("cancel")}</Button>
        <Button look="danger" onClick={() => around.quit()}>
          {t("closing.quit")}
        </Button>
        <Button
          autoFocus
          look="primary"
          onClick={() => {
            onStay();
            around.keepRunning();
          }}
        >
          {t("closing.keep")}
        </Button>
      </div>
    </Dialog>
  );
}
