import css from "./field.module.css";

type Props = {
  id: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  onChange: (value: string) => void;
};

export function Select({ id, value, options, onChange }: Props) {
  return (
    <select id={id} className={css.field} value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map(([one, words]) => (
        <option key={one} value={one}>
          {words}
        </option>
      ))}
    </select>
  );
}
