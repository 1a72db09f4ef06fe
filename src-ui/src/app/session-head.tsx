import { Menu } from "lucide-react";
import { UsageButton } from "../features/usage/usage-button";
import type { SessionRow } from "../gen/SessionRow";
import type { WorkspaceView } from "../gen/WorkspaceView";
import { t } from "../messages/t";
import type { Room } from "../replica/types";
import { isAway, roster } from "../state/people";
import { Button } from "../ui/button";
import { Faces } from "../ui/faces";
import { SessionMenu } from "./session-menu";
import { Share } from "./share";
import css from "./session-head.module.css";

type Props = {
  row: SessionRow;
  room: Room;
  workspace: WorkspaceView | null;
  owner: boolean;
  /** Another host than the page's own. */
  host: string | null;
  /** The panel of people is open. */
  people: boolean;
  onMenu: (() => void) | null;
  onPeople: () => void;
};

/** `#n` and title, where it works, who is here, Share. */
export function SessionHead({ row, room, workspace, owner, host, people: shown, onMenu, onPeople }: Props) {
  const people = roster(room).map((one) => ({ id: one.person, name: one.name, colour: one.colour, away: isAway(one) }));
  return (
    <header className={css.head}>
      {onMenu && (
        <Button look="quiet" square aria-label={t("menu")} onClick={onMenu}>
          <Menu size={16} aria-hidden />
        </Button>
      )}
      <div className={css.what}>
        <h1 className={css.tab} title={row.title}>
          <span className={css.number}>
            <span className="only-read-aloud">{t("session.number")}</span>#{row.number}
          </span>
          <span className={css.title}>{room.view?.title ?? row.title}</span>
        </h1>
        {(host || workspace) && (
          <p className={css.where} title={workspace ? t("workspace.branch", { branch: workspace.branch }) : undefined}>
            {[host, workspace?.repository_name, workspace?.name].filter(Boolean).join(" / ")}
          </p>
        )}
      </div>
      <span className="grow" />
      {room.view && <UsageButton view={room.view} />}
      {people.length > 0 && (
        <button
          type="button"
          className={css.faces}
          onClick={onPeople}
          aria-label={t("people.show")}
          aria-expanded={shown}
        >
          <Faces people={people} most={onMenu ? 3 : 6} label={t("people")} />
        </button>
      )}
      {owner && workspace && <Share workspace={workspace.workspace} />}
      {room.view?.you.may.steer && <SessionMenu view={room.view} />}
    </header>
  );
}
