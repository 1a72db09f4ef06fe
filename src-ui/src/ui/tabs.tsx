import { cx } from "./cx";
import css from "./tabs.module.css";

type Props<T extends string> = {
  label: string;
  value: T;
  options: readonly (readonly [value: T, words: string])[];
  onChange: (value: T) => void;
};

/** One of a few ways to go on. */
export function Tabs<T extends string>({ label, value, options, onChange }: Props<T>) {
  return (
    <div className={css.tabs} role="group" aria-label={label}>
      {options.map(([one, words]) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === value}
          className={cx(css.tab, one === value && css.on)}
          onClick={() => onChange(one)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
