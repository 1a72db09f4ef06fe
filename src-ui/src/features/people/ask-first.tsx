import { t } from "../../messages/t";
import type { RequestWithoutCommand } from "../../replica/types";
import { useAttempt } from "../../state/attempt";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import css from "./menu.module.css";

type Props = {
  title: string;
  about: string;
  verb: string;
  request: RequestWithoutCommand;
  onClose: () => void;
  onDone: () => void;
};

export function AskFirst({ title, about, verb, request, onClose, onDone }: Props) {
  const { attempt, busy, wrong } = useAttempt();
  const go = async () => {
    if (!(await attempt(request))) return;
    onDone();
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p className={css.about}>{about}</p>
      <Wrong wrong={wrong} />
      <div className={css.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button look="danger" disabled={busy} onClick={go}>
          {verb}
        </Button>
      </div>
    </Dialog>
  );
}
