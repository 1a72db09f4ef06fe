import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { CopyLine } from "../../ui/copy-line";
import { OutLink } from "../../ui/out-link";
import question from "../../ui/question.module.css";

/** Where the pull request is. */
export function PullOpened({ address, onClose }: { address: string; onClose: () => void }) {
  return (
    <>
      <p role="status" className={question.about}>
        {t("pull.opened")} <OutLink address={address} />
      </p>
      <CopyLine label={t("pull.address")} text={address} />
      <div className={question.verbs}>
        <Button look="primary" autoFocus onClick={onClose}>
          {t("done")}
        </Button>
      </div>
    </>
  );
}
