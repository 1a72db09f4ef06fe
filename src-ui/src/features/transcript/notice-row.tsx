import { t } from "../../messages/t";
import type { NoticeItem, Room } from "../../replica/types";
import { cx } from "../../ui/cx";
import { CodeBlock } from "../../ui/code-block";
import { useFold } from "../../ui/fold";
import { timeOfDay, useNow } from "../../ui/time";
import { noticeWords } from "./notice-words";
import css from "./notice.module.css";

const LOUD = new Set(["agent_exited", "agent_stalled", "prompt_failed", "mode_exceeded"]);

/** A quiet line: who came and went, how the lock moved, what the agent's program did. */
export function NoticeRow({ item, room }: { item: NoticeItem; room: Room }) {
  const { notice } = item;
  const now = useNow();
  const loud = LOUD.has(notice.what);
  return (
    <div className={cx(css.notice, loud && css.loud, notice.what === "forked" && css.boundary)}>
      <p>
        {noticeWords(room, item)} <time dateTime={new Date(item.at).toISOString()}>{timeOfDay(item.at, now)}</time>
      </p>
      {notice.what === "agent_exited" && notice.detail !== "" && <More id={item.id} text={notice.detail} />}
      {notice.what === "unknown" && <More id={item.id} text={JSON.stringify(notice.event, null, 2)} />}
    </div>
  );
}

function More({ id, text }: { id: string; text: string }) {
  const [open, toggle] = useFold(id, false);
  return (
    <>
      <button type="button" className={css.more} aria-expanded={open} onClick={toggle}>
        {open ? t("fold") : t("notice.details")}
      </button>
      {open && (
        <CodeBlock>
          <code>{text}</code>
        </CodeBlock>
      )}
    </>
  );
}
