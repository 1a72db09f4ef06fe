import { t, tn } from "../../messages/t";
import type { Asked } from "../../state/asked";
import { useChosenChange, useOpenChanges, useSince } from "../../state/changes";
import { Button } from "../../ui/button";
import { Counts } from "../../ui/counts";
import { Empty } from "../../ui/empty";
import { Wrong } from "../../ui/wrong";
import { FileList } from "./file-list";
import { inOrder } from "./folders";
import { LeftOut } from "./left-out";
import { useViewed } from "./viewed";
import css from "./changes.module.css";

type Props = { workspace: string; asked: Asked<"changes">; /** A file was opened in the middle. */ onLeft: () => void };

/** What became of a workspace's files, beside what is read; a file that is pressed is read in the middle (CH13). */
export default function ChangesAside({ workspace, asked: { answer, wrong, again }, onLeft }: Props) {
  const [since] = useSince(workspace);
  const [chosen, choose] = useChosenChange(workspace);
  const viewed = useViewed(workspace);
  const show = useOpenChanges();
  const files = answer?.files ?? [];
  const counted = files.filter(({ added }) => added !== null);
  const sum = (of: "added" | "removed") => counted.reduce((all, file) => all + (file[of] ?? 0), 0);
  const open = (path: string | null) => {
    if (path !== null) choose(path);
    show(workspace);
    onLeft();
  };
  return (
    <div className={css.aside}>
      <div className={css.asideHead}>
        <p className={css.sums}>
          {since.kind === "turn" ? t("compare.one_turn") : t(`compare.${since.kind}`)}
          {files.length > 0 && (
            <span className={css.viewedCount}>{t("changes.viewed_count", { viewed: files.filter(viewed.has).length, all: files.length })}</span>
          )}
        </p>
        {files.length > 0 && (
          <p className={css.sums}>
            {tn("changes.count", files.length)} <Counts added={sum("added")} removed={sum("removed")} />
          </p>
        )}
        <Button onClick={() => open(null)}>{t("changes.open")}</Button>
      </div>
      {wrong && (
        <div className={css.note}>
          <Wrong wrong={wrong} />
          <Button onClick={again}>{t("again")}</Button>
        </div>
      )}
      {!answer && !wrong && <Empty title={t("start.loading")} />}
      {answer && files.length === 0 && (
        <Empty title={t(`changes.none.${since.kind}`)}>
          <p>{t(`changes.none_about.${since.kind}`)}</p>
        </Empty>
      )}
      {answer && files.length > 0 && (
        <div className={css.asideList}>
          <FileList label={t("changes.aside")} files={inOrder(files)} chosen={chosen} viewed={viewed} picks={null} onChoose={open} />
          <LeftOut answer={answer} />
        </div>
      )}
    </div>
  );
}
