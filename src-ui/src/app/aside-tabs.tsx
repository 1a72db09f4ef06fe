import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { t, tn } from "../messages/t";
import { useStore } from "../state/index";
import { actOnLayout, useLayout } from "../state/layout";
import { ASIDES, type Aside } from "../state/layout/model";
import { isAway, isYou, roster } from "../state/people";
import { useRooms } from "../state/use-rooms";
import { Badge } from "../ui/badge";
import { cx } from "../ui/cx";
import css from "./aside.module.css";

type Props = { changed: number; session: string | null; knocks: number };

/** What the right panel can show, with what there is to see in each. Arrow keys go along them. */
export function AsideTabs({ changed, session, knocks }: Props) {
  const { aside } = useLayout();
  const list = useRef<HTMLDivElement>(null);
  const signs: Record<Aside, ReactNode> = {
    changes: changed > 0 && <Badge label={tn("aside.changed", changed)}>{changed}</Badge>,
    files: null,
    people: <PeopleSign session={session} knocks={knocks} />,
  };
  const press = (event: KeyboardEvent) => {
    const to = target(event.key, ASIDES.indexOf(aside));
    if (to === undefined) return;
    event.preventDefault();
    actOnLayout({ type: "aside", aside: to });
    list.current?.querySelector<HTMLElement>(`#aside-${to}`)?.focus();
  };
  return (
    <div ref={list} className={css.tabs} role="tablist" aria-label={t("aside")} onKeyDown={press}>
      {ASIDES.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`aside-${one}`}
          className={cx(css.tab, one === aside && css.front)}
          aria-selected={one === aside}
          aria-controls={one === aside ? "aside-panel" : undefined}
          tabIndex={one === aside ? 0 : -1}
          onClick={() => actOnLayout({ type: "aside", aside: one })}
        >
          {t(one)}
          {signs[one]}
        </button>
      ))}
    </div>
  );
}

function target(key: string, at: number): Aside | undefined {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (step !== undefined) return ASIDES[(at + step + ASIDES.length) % ASIDES.length];
  return key === "Home" ? ASIDES[0] : key === "End" ? ASIDES.at(-1) : undefined;
}

/** Somebody at the door comes before whoever is inside. */
function PeopleSign({ session, knocks }: { session: string | null; knocks: number }) {
  const store = useStore();
  const [room] = useRooms(session === null ? [] : [{ store, session }]);
  const others = room ? roster(room).filter((one) => !isYou(room, one.person) && !isAway(one)).length : 0;
  if (knocks > 0) {
    return (
      <Badge tone="need" label={tn("aside.knocks", knocks)}>
        {knocks}
      </Badge>
    );
  }
  return others > 0 && <Badge label={tn("aside.inside", others)}>{others}</Badge>;
}
