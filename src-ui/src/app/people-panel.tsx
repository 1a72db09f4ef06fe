import { X } from "lucide-react";
import type { ReactNode } from "react";
import type { RoomRules } from "../gen/RoomRules";
import { People } from "../features/people/people";
import { t } from "../messages/t";
import { useRoom } from "../state/index";
import { Button } from "../ui/button";
import css from "./people-panel.module.css";

/** The right panel: who is in the session that keys go to. Changes and Files will stand beside People. */
export function PeoplePanel({ session, onClose }: { session: string; onClose: () => void }) {
  const room = useRoom(session);
  const alone = (room.view?.roster.length ?? 0) < 2;
  const rule = alone ? "" : ruleWords(room.view?.rules);
  return (
    <Frame rule={rule} onClose={onClose}>
      <People room={room} />
    </Frame>
  );
}

/** Beside a pane with nothing open: the panel stays, so that nothing jumps. */
export function NobodyPanel({ onClose }: { onClose: () => void }) {
  return (
    <Frame rule="" onClose={onClose}>
      <p className={css.nobody}>{t("people.nobody")}</p>
    </Frame>
  );
}

function Frame({ rule, onClose, children }: { rule: string; onClose: () => void; children: ReactNode }) {
  return (
    <aside className={css.panel} aria-label={t("people")}>
      <header className={css.head}>
        <h2>{t("people")}</h2>
        <span className={css.rule}>{rule}</span>
        <Button look="quiet" square aria-label={t("people.hide")} onClick={onClose}>
          <X size={15} aria-hidden />
        </Button>
      </header>
      <div className={css.body}>{children}</div>
    </aside>
  );
}

function ruleWords(rules: RoomRules | undefined): string {
  const decided = rules?.consensus ? t("people.consensus") : t("people.decider");
  return rules?.plan_first ? `${t("people.plan_first")} · ${decided}` : decided;
}
