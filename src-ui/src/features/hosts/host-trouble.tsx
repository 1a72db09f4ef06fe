import { t } from "../../messages/t";
import type { OtherHost } from "../../state/hosts";
import { useKnock, useRedial } from "../../state/index";
import { Button } from "../../ui/button";
import { refusalWords } from "../../ui/refusal-words";
import { Sentence } from "../../ui/sentence";
import type { HostVerbs } from "./host-menu";
import css from "./hosts.module.css";

/** Why nothing of another host can be shown, and the way out. */
export function HostTrouble({ host, verbs }: { host: OtherHost; verbs: HostVerbs }) {
  const { link, directory, row } = host;
  const knock = useKnock();
  const redial = useRedial();
  switch (link.kind) {
    case "waiting_for_consent":
      return (
        <div className={css.trouble}>
          <p className={css.what}>{t("hosts.waiting_title", { host: row.label })}</p>
          <p>{t("hosts.waiting_about")}</p>
        </div>
      );
    case "refused": {
      const { title, todo, said } = refusalWords(link.reason, "other");
      return (
        <div className={css.trouble}>
          <p className={css.what}>{title}</p>
          {link.message && !said && (
            <p>
              <Sentence text={link.message} />
            </p>
          )}
          <p>{todo}</p>
          <div className={css.verbs}>
            <Button onClick={() => knock(row.name)}>{t("link.try_again")}</Button>
            <Button look="quiet" onClick={verbs.onForget}>
              {t("hosts.forget")}
            </Button>
          </div>
        </div>
      );
    }
    case "retrying":
      if (directory) return null;
      return (
        <div className={css.trouble}>
          <p>{t("hosts.lost", { host: row.label })}</p>
          <div className={css.verbs}>
            <Button onClick={redial}>{t("link.try_now")}</Button>
          </div>
        </div>
      );
    case "live":
      if (directory === null || directory.workspaces.length > 0) return null;
      return <p className={css.none}>{t("hosts.empty")}</p>;
    case "idle":
    case "dialling":
    case "needs_name":
      return null;
  }
}
