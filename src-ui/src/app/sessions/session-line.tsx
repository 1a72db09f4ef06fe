import { Ellipsis } from "lucide-react";
import { useRef, useState, type KeyboardEvent } from "react";
import { t, tn } from "../../messages/t";
import { useAgents } from "../../state/index";
import { openBeside, openSession } from "../../state/open-session";
import { titleOf } from "../../state/session-title";
import { dollars, short } from "../../ui/amounts";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { cx } from "../../ui/cx";
import { Dot } from "../../ui/dot";
import { sizeOf } from "../../ui/size";
import { toneOf } from "../../ui/status-tone";
import { ago, useNow } from "../../ui/time";
import { LineVerbs, type Asking } from "./line-verbs";
import type { Listed } from "./listed";
import css from "./sessions.module.css";

/** One session: what it is, where, who and which agent, what it took, how long ago, and what can be done with it. */
export function SessionLine({ one, names }: { one: Listed; names: ReadonlyMap<string, string> }) {
  const { row, host, unread, owned, place } = one;
  const [at, setAt] = useState<DOMRect | null>(null);
  const [asking, setAsking] = useState<Asking>(null);
  const more = useRef<HTMLButtonElement>(null);
  const now = useNow();
  const known = useAgents();
  const agents = one.agents.map((key) => known.find(({ agent }) => agent === key)?.name ?? key);
  const people = one.people.flatMap((person) => names.get(person) ?? []);
  const title = titleOf(row);
  const press = (event: KeyboardEvent) => {
    if (event.key === "F2" && owned) setAsking("rename");
    else if (event.key === "Delete" && owned && row.state !== "ended") setAsking("end");
    else return;
    event.preventDefault();
  };
  return (
    <li
      className={css.line}
      onContextMenu={(event) => {
        event.preventDefault();
        setAt(new DOMRect(event.clientX, event.clientY, 0, 0));
      }}
    >
      <button
        type="button"
        data-row
        className={css.main}
        onKeyDown={press}
        onClick={(event) => (event.metaKey || event.ctrlKey ? openBeside : openSession)(row.session, host)}
      >
        <Dot tone={unread ? "ok" : toneOf(row.status)} label={t(unread ? "status.unread" : `status.${row.status}`)} />
        <span className={css.number}>#{row.number}</span>
        <span className={css.what}>
          <span className={cx(css.title, unread && css.unread)} title={title}>
            {title}
          </span>
          {row.needs > 1 && (
            <Badge tone="need" label={tn("sessions.cards", row.needs)}>
              {row.needs}
            </Badge>
          )}
          {row.queued > 0 && <Badge label={tn("queue.count", row.queued)}>+{row.queued}</Badge>}
          <span className={css.tags}>
            {row.tags?.map((tag) => (
              <span key={tag} className={css.tag}>
                {tag}
              </span>
            ))}
          </span>
        </span>
        <span className={css.place} title={place}>
          <span className={css.where}>{place}</span>
          {one.bytes !== null && (
            <span className={css.bytes} title={t("sessions.on_disk", { bytes: sizeOf(one.bytes) })}>
              {sizeOf(one.bytes)}
            </span>
          )}
          {row.tags && row.tags.length > 0 && <span className={css.tagsBelow}> · {row.tags.join(", ")}</span>}
        </span>
        <span className={css.who} title={[...agents, ...people].join(" · ")}>
          {[agents.join(", "), people.join(", ")].filter(Boolean).join(" · ")}
        </span>
        <span className={css.cost}>{one.cost > 0 ? dollars(one.cost) : one.tokens > 0 ? t("usage.tokens", { tokens: short(one.tokens) }) : ""}</span>
        <span className={css.age}>{ago(row.updated_at, now) || t("sessions.now")}</span>
      </button>
      <Button
        ref={more}
        look="quiet"
        square
        className={css.more}
        aria-label={t("sessions.menu", { title })}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={() => setAt(more.current?.getBoundingClientRect() ?? null)}
      >
        <Ellipsis size={15} aria-hidden />
      </Button>
      <LineVerbs one={one} at={at} asking={asking} onAt={setAt} onAsk={setAsking} />
    </li>
  );
}
