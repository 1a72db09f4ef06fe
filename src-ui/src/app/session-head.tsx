import type { Directory } from "../gen/Directory";
import type { SessionRow } from "../gen/SessionRow";
import { t } from "../messages/t";
import { useRoomPart } from "../state/index";
import { titleOf } from "../state/session-title";
import { MenuButton } from "./menu-button";
import { SessionActions } from "./session-actions";
import { placeOf } from "./place-of";
import css from "./session-head.module.css";

type Props = {
  row: SessionRow;
  directory: Directory | null;
  owner: boolean;
  /** Another host than the page's own. */
  host: string | null;
  people: { shown: boolean; toggle: () => void };
  /** How much waits elsewhere. */
  waiting: number;
  onMenu: () => void;
};

/** The bar of a session in a narrow window: `#n` and title over where it works, who is here, Share. */
export function SessionHead({ row, directory, owner, host, people, waiting, onMenu }: Props) {
  const title = useRoomPart(row.session, (room) => room.view?.title) || titleOf(row);
  const place = placeOf(row, directory, host);
  return (
    <header className={css.head}>
      <MenuButton waiting={waiting} onMenu={onMenu} />
      <div className={css.what}>
        <h1 className={css.line} title={title}>
          <span className={css.number}>
            <span className="only-read-aloud">{t("session.number")}</span>#{row.number}
          </span>
          <span className={css.title}>{title}</span>
        </h1>
        {place.words && (
          <p className={css.where} title={place.hint}>
            {place.words}
          </p>
        )}
      </div>
      <SessionActions row={row} directory={directory} owner={owner} host={host} people={people} most={3} narrow />
    </header>
  );
}
