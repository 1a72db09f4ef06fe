import type { Wrong as WrongWords } from "../../state/attempt";
import { Field } from "../../ui/field";
import { Labelled } from "../../ui/labelled";

const LONGEST = 80;

type Props = { label: string; value: string; onChange: (value: string) => void; wrong: WrongWords | null; /** Where it stands what was wrong. */ wrongAt: string };

/** A name that is asked for first. */
export function NameField({ label, value, onChange, wrong, wrongAt }: Props) {
  return (
    <Labelled label={label}>
      {(id) => (
        <Field
          id={id}
          autoFocus
          maxLength={LONGEST}
          value={value}
          aria-invalid={wrong !== null}
          aria-describedby={wrong ? wrongAt : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}
