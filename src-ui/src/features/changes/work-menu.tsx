import { GitCommitHorizontal } from "lucide-react";
import type { WorkCommit } from "../../gen/WorkCommit";
import { t, tn } from "../../messages/t";
import { Button } from "../../ui/button";
import { shortCommit } from "../../ui/commit";
import { Popover } from "../../ui/popover";
import { useJudging } from "./judging";
import css from "./work-menu.module.css";

type Act = (() => void) | null;
type Props = {
  commits: readonly WorkCommit[];
  base: string | null;
  /** Each is `null` where it may not be done now. */
  onRevert: ((commit: WorkCommit) => void) | null;
  onApply: Act;
  onBringIn: Act;
  onPush: Act;
};

/** What was approved here, and where it goes from here (CH9). */
export function WorkMenu({ commits, base, onRevert, onApply, onBringIn, onPush }: Props) {
  return (
    <Popover
      label={t("approved")}
      trigger={(props) => (
        <Button look="quiet" {...props}>
          <GitCommitHorizontal size={14} aria-hidden />
          {tn("approved.count", commits.filter(({ reverted }) => !reverted).length)}
        </Button>
      )}
    >
      {(close) => {
        const then = (what: () => void) => () => {
          close();
          what();
        };
        return (
          <div className={css.menu}>
            {commits.length === 0 && <p className={css.none}>{t("approved.none")}</p>}
            <ul role="list" className={css.list}>
              {commits.toReversed().map((one) => (
                <Approved key={one.commit} one={one} onRevert={onRevert && !one.reverted ? then(() => onRevert(one)) : null} />
              ))}
            </ul>
            {(onPush || (base !== null && (onApply || onBringIn))) && (
              <div className={css.ways}>
                {base !== null && onBringIn && <Button onClick={then(onBringIn)}>{t("bring_in", { base })}</Button>}
                {onPush && <Button onClick={then(onPush)}>{t("workspace.push")}</Button>}
                {base !== null && onApply && (
                  <Button look="primary" onClick={then(onApply)}>
                    {t("apply", { base })}
                  </Button>
                )}
              </div>
            )}
          </div>
        );
      }}
    </Popover>
  );
}

function Approved({ one: { commit, message, by, reverted }, onRevert }: { one: WorkCommit; onRevert: Act }) {
  const { who } = useJudging();
  const first = message.split("\n")[0] ?? "";
  return (
    <li className={css.item}>
      <span className={css.words}>
        <span className={reverted ? css.gone : undefined}>{first}</span>
        <small>
          <code>{shortCommit(commit)}</code> {t("approved.by", { name: who(by).name })}
          {reverted && ` · ${t("approved.reverted")}`}
        </small>
      </span>
      {onRevert && (
        <Button look="quiet" aria-label={t("revert.what", { what: first })} onClick={onRevert}>
          {t("revert")}
        </Button>
      )}
    </li>
  );
}
