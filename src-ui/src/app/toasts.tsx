import { Check, TriangleAlert, X } from "lucide-react";
import { t } from "../messages/t";
import { dropToast, useToasts } from "../state/toasts";
import { Button } from "../ui/button";
import { Sentence } from "../ui/sentence";
import css from "./toasts.module.css";

/** What went wrong or is done, in place of a dialog: the host's sentence, what to do, a way to do it. */
export function Toasts() {
  const toasts = useToasts();
  return (
    <div className={css.toasts} role="alert">
      {toasts.map((toast) => (
        <div key={toast.id} className={css.toast} data-kind={toast.kind}>
          {toast.kind === "done" ? <Check size={15} aria-hidden /> : <TriangleAlert size={15} aria-hidden />}
          <div className={css.words}>
            <p>
              <Sentence text={toast.message} />
            </p>
            {toast.hint && <p className={css.hint}>{toast.hint}</p>}
          </div>
          {toast.action && (
            <Button
              className={css.action}
              onClick={() => {
                dropToast(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <Button look="quiet" square aria-label={t("dismiss")} onClick={() => dropToast(toast.id)}>
            <X size={14} aria-hidden />
          </Button>
        </div>
      ))}
    </div>
  );
}
