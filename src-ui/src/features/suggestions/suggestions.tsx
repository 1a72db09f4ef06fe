import { useState } from "react";
import { t, tn } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useRegionName } from "../../state/layout/named";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Suggestion } from "./suggestion";
import css from "./suggestions.module.css";

const SHOWN = 1;

/** What guests would like the agent to be asked, until somebody who steers has decided (GR1). */
export function Suggestions({ room, session }: { room: Room; session: string }) {
  const [whole, setWhole] = useState(false);
  const name = useRegionName(t("suggestions.label"), room.view?.title ?? "");
  const all = room.view?.suggestions ?? [];
  if (all.length === 0) return null;
  const shown = whole ? all : all.slice(0, SHOWN);
  return (
    <section className={css.suggestions} aria-label={name}>
      {all.length > SHOWN && (
        <header className={css.head}>
          <Badge>{tn("suggestions.count", all.length)}</Badge>
          <Button look="link" onClick={() => setWhole(!whole)}>
            {whole ? t("queue.fewer") : tn("queue.more", all.length - SHOWN)}
          </Button>
        </header>
      )}
      <ol role="list" className={css.list}>
        {shown.map((one) => (
          <Suggestion key={one.suggestion} room={room} session={session} suggestion={one} />
        ))}
      </ol>
    </section>
  );
}
