import { useId } from "react";
import { t } from "../../messages/t";
import { LISTED, type FilesBefore } from "../../state/work";
import { Choice } from "../../ui/choice";
import css from "./fork.module.css";

export type Where = "here" | "new";

type Props = {
  /** The name of the workspace that the session is in. */
  here: string;
  /** All turns go along. */
  whole: boolean;
  before: FilesBefore;
  where: Where;
  onChoose: (where: Where) => void;
};

/** Beside the session that is forked, or in a workspace of its own. */
export function ForkPlace({ here, whole, before: { checkpoint, lacks }, where, onChoose }: Props) {
  const name = useId();
  const about = whole ? t("fork_session.new_now") : lacks ? t(`fork_session.${lacks}`, { count: LISTED }) : t("fork_session.new_before");
  return (
    <div role="radiogroup" aria-label={t("fork_session.where")} className={css.wheres}>
      <Choice name={name} checked={where === "here"} onChoose={() => onChoose("here")}>
        {t("fork_session.here")}
        <small className={css.hint}>{t("fork_session.here_about", { workspace: here })}</small>
      </Choice>
      <Choice name={name} checked={where === "new"} disabled={!whole && checkpoint === null} onChoose={() => onChoose("new")}>
        {t("fork_session.new")}
        <small className={css.hint}>{about}</small>
      </Choice>
    </div>
  );
}
