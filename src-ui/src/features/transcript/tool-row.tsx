import { ChevronRight, CircleSlash, LoaderCircle, TriangleAlert } from "lucide-react";
import { t } from "../../messages/t";
import type { ToolItem } from "../../replica/types";
import { Clock } from "../../ui/clock";
import { Counts } from "../../ui/counts";
import { cx } from "../../ui/cx";
import { useFold } from "../../ui/fold";
import { took } from "../../ui/time";
import { ToolDetail } from "./tool-detail";
import { toolWords, type ToolWords } from "./tool-words";
import { WithMenu } from "./with-menu";
import css from "./tools.module.css";

type Props = { tool: ToolItem; /** People rejected it: no failure, whatever the agent calls it. */ refused: boolean; session: string };

/** One call, one line. An edit unfolds its diff, a failure unfolds itself. */
export function ToolRow({ tool, refused, session }: Props) {
  const unfolds = (tool.status === "failed" && !refused) || (tool.diffs.length > 0 && tool.diffs.length <= 3);
  const [open, toggle] = useFold(tool.id, unfolds);
  const words = toolWords(tool.call);
  const happened = tool.status === "completed" || (tool.call.kind === "execute" && tool.status === "failed");
  const form = happened ? "done" : "now";
  return (
    <div className={css.tool}>
      <button type="button" className={css.line} aria-expanded={open} onClick={toggle}>
        <ChevronRight size={12} aria-hidden className={cx(css.chevron, open && css.turned)} />
        {words.verb && <span className={css.verb}>{t(`tool.${tool.call.kind}.${form}`)}</span>}
        <Thing words={words} title={tool.call.title} />
        <State tool={tool} refused={refused} />
      </button>
      {open && (
        <WithMenu item={tool}>
          <ToolDetail tool={tool} session={session} />
        </WithMenu>
      )}
    </div>
  );
}

function Thing({ words, title }: { words: ToolWords; title: string }) {
  const Tag = words.verb ? "code" : "span";
  return (
    <Tag className={css.title} title={title}>
      {words.thing || t("tool.untitled")}
    </Tag>
  );
}

function State({ tool, refused }: { tool: ToolItem; refused: boolean }) {
  const added = tool.diffs.reduce((sum, diff) => sum + diff.added, 0);
  const removed = tool.diffs.reduce((sum, diff) => sum + diff.removed, 0);
  const span = tool.endedAt === null ? 0 : tool.endedAt - tool.at;
  switch (tool.status) {
    case "running":
      return (
        <span className={css.state}>
          <LoaderCircle size={12} className={css.spin} aria-label={t("tool.running")} /> <Clock since={tool.at} />
        </span>
      );
    case "failed":
      return refused ? (
        <span className={css.state}>
          <CircleSlash size={12} aria-hidden /> {t("tool.rejected")}
        </span>
      ) : (
        <span className={cx(css.state, css.failed)}>
          <TriangleAlert size={12} aria-hidden /> {t("tool.failed")}
        </span>
      );
    case "cancelled":
      return (
        <span className={css.state}>
          <CircleSlash size={12} aria-hidden /> {t("tool.cancelled")}
        </span>
      );
    case "completed":
      return (
        <span className={css.state}>
          {tool.diffs.length > 0 ? <Counts added={added} removed={removed} /> : span >= 1000 && took(span)}
        </span>
      );
  }
}
