import { X } from "lucide-react";
import type { RoomRules } from "../gen/RoomRules";
import { People } from "../features/people/people";
import { t } from "../messages/t";
import type { Room } from "../replica/types";
import { Button } from "../ui/button";
import css from "./people-panel.module.css";

/** The right panel. Changes and Files will stand beside People. */
export function PeoplePanel({ room, onClose }: { room: Room; onClose: () => void }) {
  const alone = (room.view?.roster.length ?? 0) < 2;
  return (
    <aside className={css.panel} aria-label={t("people")}>
      <header className={css.head}>
        <h2>{t("people")}</h2>
        <span className={css.rule}>
          {alone ? "" : ruleWords(room.view?.rules)}
        </span>
        <Button look="quiet" square aria-label={t("people.hide")} onClick={onClose}>
          <X size={15} aria-hidden />
        </Button>
      </header>
      <div className={css.body}>
        <People room={room} />
      </div>
    </aside>
  );
}

function ruleWords(rules: RoomRules | undefined): string {
  const decided = rules?.consensus ? t("people.consensus") : t("people.decider");
  return rules?.plan_first ? `${t("people.plan_first")} · ${decided}` : decided;
}
