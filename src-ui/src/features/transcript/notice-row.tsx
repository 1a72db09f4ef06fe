import { t } from "../../messages/t";
import type { NoticeItem, Room } from "../../replica/types";
import { cx } from "../../ui/cx";
import { CodeBlock } from "../../ui/code-block";
import { useFold } from "../../ui/fold";
import { OutLink } from "../../ui/out-link";
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
        <Words text={noticeWords(room, item)} address={addressIn(notice)} /> <time dateTime={new Date(item.at).toISOString()}>{timeOfDay(item.at, now)}</time>
      </p>
      {notice.what === "agent_exited" && notice.detail !== "" && <More id={item.id} text={notice.detail} />}
      {notice.what === "unknown" && <More id={item.id} text={JSON.stringify(notice.event, null, 2)} />}
    </div>
  );
}

/** Where the notice leads, outside. */
function addressIn(notice: NoticeItem["notice"]): string | null {
  return notice.what === "work_done" && notice.deed.kind === "asked" ? notice.deed.address : null;
}

function Words({ text, address }: { text: string; address: string | null }) {
  if (address === null || !text.endsWith(address)) return text;
  return (
    <>
      {text.slice(0, -address.length)}
      <OutLink address={address} />
    </>
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
