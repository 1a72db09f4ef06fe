import { cx } from "./cx";
import css from "./face.module.css";

export type Person = { id: string; name: string; colour: number };

type Props = { person: Person; size?: "s" | "m" | "l"; away?: boolean; ring?: boolean; named?: boolean };

const COLOURS = 12;

/** A person's letter on their colour. `named` makes it say the name where no text beside it does. */
export function Face({ person, size = "m", away, ring, named }: Props) {
  const letter = [...person.name.trim()][0]?.toLocaleUpperCase() ?? "?";
  return (
    <span
      className={cx(css.face, css[size], away && css.away, ring && css.ring)}
      style={{ "--who": `var(--p${Math.abs(person.colour) % COLOURS})` } as React.CSSProperties}
      title={named ? person.name : undefined}
      role={named ? "img" : undefined}
      aria-label={named ? person.name : undefined}
      aria-hidden={named ? undefined : true}
    >
      {letter}
    </span>
  );
}
