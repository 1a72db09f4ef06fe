import { GitMerge } from "lucide-react";
import { useState } from "react";
import type { Settle } from "../../gen/Settle";
import { t, tn } from "../../messages/t";
import { useAct } from "../../state/act";
import { useAskAgent } from "../../state/ask-agent";
import { Button } from "../../ui/button";
import { LeaveMerge } from "./leave-merge";
import css from "./merge.module.css";

type Props = { workspace: string; base: string; conflicts: readonly string[]; /** May this person settle them? */ may: boolean; again: () => void };

const HOWS: readonly Settle[] = ["ours", "theirs", "as_it_is"];

/** The base branch is coming in: what is in conflict, and how each file is settled (CH9). */
export function MergeCard({ workspace, base, conflicts, may, again }: Props) {
  const { act, busy } = useAct();
  const [leaving, leave] = useState(false);
  const ask = useAskAgent(workspace);
  const settle = async (path: string, how: Settle) => {
    await act({ method: "settle_conflict", params: { workspace, path, how } });
    again();
  };
  const finish = async () => {
    await act({ method: "merge_base", params: { workspace, step: "finish" } });
    again();
  };
  return (
    <section className={css.card} aria-label={t("merge")}>
      <h2 className={css.title}>
        <GitMerge size={15} aria-hidden /> {t("merge.title", { base })}
      </h2>
      <p className={css.about}>{conflicts.length === 0 ? t("merge.settled") : tn("merge.conflicts", conflicts.length)}</p>
      <ul role="list" className={css.files}>
        {conflicts.map((path) => (
          <li key={path} className={css.file}>
            <code>{path}</code>
            {may && (
              <span className={css.hows} role="group" aria-label={t("merge.settle", { path })}>
                {HOWS.map((how) => (
                  <Button key={how} disabled={busy} title={t(`merge.${how}_about`, { base })} onClick={() => void settle(path, how)}>
                    {t(`merge.${how}`, { base })}
                  </Button>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
      {may && (
        <div className={css.verbs}>
          {conflicts.length > 0 && ask && <Button onClick={() => ask(t("merge.prompt", { base, files: conflicts.join("\n- ") }))}>{t("merge.ask")}</Button>}
          <Button onClick={() => leave(true)}>{t("merge.abort")}</Button>
          <Button look="primary" disabled={busy || conflicts.length > 0} onClick={() => void finish()}>
            {t("merge.finish")}
          </Button>
        </div>
      )}
      {leaving && <LeaveMerge workspace={workspace} again={again} onClose={() => leave(false)} />}
    </section>
  );
}
