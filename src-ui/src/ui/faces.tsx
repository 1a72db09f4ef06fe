import { Face, type Person } from "./face";
import css from "./faces.module.css";

type Props = { people: (Person & { away?: boolean })[]; most?: number; label: string };

/** Overlapping faces; beyond `most` a count stands for the rest. */
export function Faces({ people, most = 5, label }: Props) {
  const shown = people.length > most ? people.slice(0, most - 1) : people;
  const rest = people.slice(shown.length);
  return (
    <ul role="list" className={css.faces} aria-label={label}>
      {shown.map((person) => (
        <li key={person.id}>
          <Face person={person} away={person.away} ring named />
        </li>
      ))}
      {rest.length > 0 && (
        <li className={css.rest} title={rest.map((person) => person.name).join(", ")}>
          +{rest.length}
        </li>
      )}
    </ul>
  );
}
