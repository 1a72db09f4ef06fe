import { ChangesButton } from "../features/changes/changes-button";
import { FilesButton } from "../features/files/files-button";
import { TerminalButton } from "../features/terminal/terminal-button";
import { UsageButton } from "../features/usage/usage-button";
import type { Directory } from "../gen/Directory";
import type { SessionRow } from "../gen/SessionRow";
import { t } from "../messages/t";
import { useRoom } from "../state/index";
import { isAway, roster } from "../state/people";
import { cx } from "../ui/cx";
import { Faces } from "../ui/faces";
import { placeOf } from "./place-of";
import { SessionMenu } from "./session-menu";
import { Share } from "./share";
import { WorkButton } from "./work-button";
import css from "./session-head.module.css";

type Props = {
  row: SessionRow;
  directory: Directory | null;
  owner: boolean;
  /** Another host than the page's own. */
  host: string | null;
  people: { shown: boolean; toggle: () => void };
  /** How many faces there is room for. */
  most?: number;
  /** The bar has said where it works. */
  narrow?: boolean;
};

/** Where a session works, what it took, who is here, Share, and what else can be done with it. */
export function SessionActions({ row, directory, owner, host, people, most = 5, narrow }: Props) {
  const room = useRoom(row.session);
  const { workspace, words, hint } = placeOf(row, directory, host);
  const faces = roster(room).map((one) => ({ id: one.person, name: one.name, colour: one.colour, away: isAway(one) }));
  return (
    <div className={cx(css.actions, !narrow && css.compact)}>
      {words && !narrow && (
        <p className={css.where} title={hint}>
          {words}
        </p>
      )}
      {room.view && (
        <span className={css.spent}>
          <UsageButton view={room.view} />
        </span>
      )}
      {faces.length > 0 && (
        <button type="button" className={css.faces} onClick={people.toggle} aria-expanded={people.shown}>
          <span className="only-read-aloud">{t("people.show")}</span>
          <span aria-hidden>
            <Faces people={faces} most={most} label={t("people")} />
          </span>
        </button>
      )}
      {workspace && narrow && <WorkButton workspace={workspace.workspace} />}
      {workspace && !narrow && <ChangesButton workspace={workspace.workspace} />}
      {workspace && !narrow && <FilesButton workspace={workspace.workspace} />}
      {workspace && <TerminalButton workspace={workspace.workspace} />}
      {owner && workspace && (
        <span className={css.share}>
          <Share workspace={workspace.workspace} />
        </span>
      )}
      {room.view?.you.may.steer && <SessionMenu view={room.view} />}
    </div>
  );
}
