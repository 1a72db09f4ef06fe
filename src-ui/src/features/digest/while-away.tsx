import { ChevronRight, History, X } from "lucide-react";
import { useState } from "react";
import type { Digest } from "../../gen/Digest";
import { t, tn } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useDigest } from "../../state/digest";
import { useRegionName } from "../../state/layout/named";
import { Button } from "../../ui/button";
import { Counts } from "../../ui/counts";
import { cx } from "../../ui/cx";
import { Decisions } from "./decisions";
import { Turns } from "./turns";
import css from "./digest.module.css";

/** What went on since this reader was last here, in one line; the rest on demand. */
export function WhileAway({ room, session }: { room: Room; session: string }) {
  const { digest, dismiss } = useDigest(session, room.transcript.head, room.status === "live");
  const [open, setOpen] = useState(false);
  const name = useRegionName(t("digest.title"), room.view?.title ?? "");
  if (!digest) return null;
  return (
    <section className={css.digest} aria-label={name}>
      <header className={css.head}>
        <button type="button" className={css.line} aria-expanded={open} onClick={() => setOpen(!open)}>
          <History size={15} aria-hidden />
          <b>{t("digest.title")}</b>
          <span className={css.facts}>{facts(digest)}</span>
          <ChevronRight size={14} aria-hidden className={cx(css.chevron, open && css.turned)} />
        </button>
        <Button look="quiet" square aria-label={t("dismiss")} onClick={dismiss}>
          <X size={14} aria-hidden />
        </Button>
      </header>
      {open && (
        <div className={css.body}>
          <Turns room={room} digest={digest} />
          <Decisions room={room} digest={digest} />
          {digest.files.length > 0 && (
            <ul role="list" className={css.list} aria-label={t("digest.files")}>
              {digest.files.map((file) => (
                <li key={file.path} className={css.entry}>
                  <code className={css.text}>{file.path}</code>
                  <Counts added={file.added} removed={file.removed} />
                </li>
              ))}
              {digest.more_files > 0 && <li className={css.more}>{tn("queue.more", digest.more_files)}</li>}
            </ul>
          )}
        </div>
      )}
    </section>
  );
}

function facts({ turns, earlier_turns, decisions, earlier_decisions, files, more_files }: Digest): string {
  const counted: string[] = [];
  if (turns.length > 0) counted.push(tn("digest.turns", turns.length + earlier_turns));
  if (decisions.length > 0) counted.push(tn("digest.decisions", decisions.length + earlier_decisions));
  if (files.length > 0) counted.push(tn("digest.changed", files.length + more_files));
  return counted.join(" · ");
}
