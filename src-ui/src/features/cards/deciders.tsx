import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { isAway, nameWithin, roster } from "../../state/people";
import css from "./foot.module.css";

type Props = { room: Room; /** Whoever drives may settle it as well. */ driver: boolean };

/** Who may settle a card that this reader may not, by name; without anybody, what goes on without them. */
export function Deciders({ room, driver }: Props) {
  const may = roster(room).filter(
    ({ person, rights, owner, muted }) =>
      !muted && (owner || rights.includes("own") || rights.includes("approve") || (driver && room.view?.turn?.driver === person)),
  );
  const here = may.filter((one) => !isAway(one));
  const names = either((here.length > 0 ? here : may).map(({ person }) => nameWithin(room, person)));
  return <span className={css.note}>{here.length > 0 ? t("card.waits_for", { names }) : wayOut(room, names)}</span>;
}

function wayOut(room: Room, names: string): string {
  const waits = names === "" ? t("card.nobody") : t("card.nobody_but", { names });
  return room.view?.you.may.stop ? `${waits} ${t("card.or_stop")}` : waits;
}

function either(names: readonly string[]): string {
  return new Intl.ListFormat("en-GB", { style: "long", type: "disjunction" }).format(names);
}
