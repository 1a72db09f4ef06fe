import type { RepositoryView } from "../../gen/RepositoryView";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import question from "../../ui/question.module.css";

/** Forgets a repository, only after a question: the disk stays as it is. */
export function RemoveRepository({ repository: { repository, name, path }, onClose }: { repository: RepositoryView; onClose: () => void }) {
  const { attempt, busy, wrong } = useAttempt();
  const remove = async () => {
    if (await attempt({ method: "remove_repository", params: { repository } })) onClose();
  };
  return (
    <Dialog title={t("repository.remove_title", { repository: name })} onClose={onClose}>
      <p className={question.about}>{t("repository.remove_about")}</p>
      {path && (
        <p className={question.about}>
          <code>{path}</code>
        </p>
      )}
      <Wrong wrong={wrong} />
      <div className={question.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("repository.keep")}
        </Button>
        <Button look="danger" disabled={busy} onClick={remove}>
          {t("repository.remove_now")}
        </Button>
      </div>
    </Dialog>
  );
}
