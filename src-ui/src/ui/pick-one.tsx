import { ChevronDown } from "lucide-react";
import { cx } from "./cx";
import css from "./pick-one.module.css";

type Props = {
  /** What it stands for, and what it says while nothing is picked. */
  label: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  onPick: (value: string) => void;
  /** One of them is always picked. */
  always?: boolean;
};

/** One of a few, in the room of a word; where there is nothing to choose between it is not there. */
export function PickOne({ label, value, options, onPick, always }: Props) {
  if (options.length < 2 && value === "") return null;
  return (
    <span className={cx(css.pick, !always && value !== "" && css.picked)}>
      <select aria-label={label} value={value} onChange={(event) => onPick(event.target.value)}>
        {!always && <option value="">{label}</option>}
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
      <ChevronDown size={12} aria-hidden />
    </span>
  );
}
