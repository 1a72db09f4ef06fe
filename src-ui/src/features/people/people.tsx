import { MicOff } from "lucide-react";
import type { ReactNode } from "react";
import type { ParticipantView } from "../../gen/ParticipantView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAsked } from "../../state/asked";
import { useDirectory } from "../../state/index";
import { useLooks } from "../../state/looking";
import { isAway, isYou, personOf, roster } from "../../state/people";
import { Face } from "../../ui/face";
import { rightsWords } from "../../ui/rights-words";
import { clock, useNow } from "../../ui/time";
import { Others } from "./others";
import { PersonMenu } from "./person-menu";
import css from "./people.module.css";

const AWAY = 30_000;

/** Who is here, what each may do, who drives and who is away (RO2). */
export function People({ room }: { room: Room }) {
  return room.view?.you.rights.includes("own") ? <OwnerPeople room={room} /> : <List room={room} />;
}

/** Only the owner is told who came in how. */
function OwnerPeople({ room }: { room: Room }) {
  const { answer, again } = useAsked({ method: "people" }, "people");
  const menu = (one: ParticipantView) => {
    const row = answer?.people.find((known) => known.person === one.person);
    return row && !one.owner ? <PersonMenu row={row} onChanged={again} /> : null;
  };
  const present = new Set(roster(room).map((one) => one.person));
  const others = (answer?.people ?? []).filter((row) => row.shares.length > 0 && !present.has(row.person));
  return (
    <>
      <List room={room} menu={menu} />
      <Others rows={others} onChanged={again} />
    </>
  );
}

type ListProps = { room: Room; menu?: (one: ParticipantView) => ReactNode };

function List({ room, menu }: ListProps) {
  return (
    <ul role="list" className={css.people}>
      {roster(room).map((one) => (
        <One key={one.person} room={room} one={one} menu={menu?.(one)} />
      ))}
    </ul>
  );
}

function One({ room, one, menu }: { room: Room; one: ParticipantView; menu: ReactNode }) {
  const about = useAbout(room, one);
  return (
    <li className={css.person}>
      <Face person={personOf(room, one.person)} away={isAway(one)} />
      <div className={css.who}>
        <p className={css.name}>
          {one.name}
          {isYou(room, one.person) && <small> · {t("people.you")}</small>}
        </p>
        {about !== "" && <p className={css.about}>{about}</p>}
      </div>
      <span className={css.rights}>
        {one.muted && (
          <>
            <MicOff size={11} aria-hidden /> {t("people.muted")}
          </>
        )}
        {!one.muted && rightsWords(one.owner ? ["own"] : one.rights)}
      </span>
      {menu}
    </li>
  );
}

function useAbout(room: Room, one: ParticipantView): string {
  const now = useNow();
  const looks = useLooksOf(room, one);
  const words = [
    one.owner && t("people.host"),
    room.view?.turn?.driver === one.person && t("people.driving"),
    room.typing[one.person] !== undefined && !isYou(room, one.person) && t("people.typing"),
    looks,
    one.presence.kind === "away" && t("people.away", { time: clock(now - (one.presence.until - AWAY)) }),
  ];
  return words.filter(Boolean).join(" · ");
}

/** What somebody has in front of them: this session, or others by their numbers (RO2). */
function useLooksOf(room: Room, one: ParticipantView): string {
  const sessions = useLooks()[one.person] ?? [];
  const rows = useDirectory()?.sessions ?? [];
  if (isYou(room, one.person) || isAway(one)) return "";
  if (room.view && sessions.includes(room.view.session)) return t("people.looking");
  const numbers = rows.filter((row) => sessions.includes(row.session)).map((row) => `#${row.number}`);
  return numbers.length > 0 ? t("people.looking_at", { sessions: numbers.join(", ") }) : "";
}
