import type { Offer } from "../../gen/Offer";
import { Labelled } from "../../ui/labelled";
import { ModelForm } from "./model-form";
import field from "../../ui/field.module.css";

type Props = {
  label: string;
  /** What stands for leaving it to the agent. */
  own: string;
  value: string | undefined;
  offers: readonly Offer[];
  busy: boolean;
  /** Where the agent has not said what it offers, any word can be tried. */
  free?: boolean;
  /** Why one of them cannot be chosen. */
  shut?: (id: string) => string | null;
  onChoose: (value: string | undefined) => void;
};

/** One thing that an agent can be set to: from its own list, or by its own name. */
export function DialField({ label, own, value, offers, busy, free, shut, onChoose }: Props) {
  if (offers.length === 0)
    return free || value !== undefined ? (
      <Labelled label={label}>
        {(id) => <ModelForm key={value} id={id} own={own} value={value ?? ""} busy={busy} onChoose={onChoose} />}
      </Labelled>
    ) : null;
  // What was chosen before the agent offered anything else still shows.
  const known = value === undefined || offers.some((offer) => offer.id === value);
  const all = known ? offers : [...offers, { id: value, name: value }];
  return (
    <Labelled label={label}>
      {(id) => (
        <select id={id} className={field.field} value={value ?? ""} disabled={busy} onChange={(event) => onChoose(event.target.value || undefined)}>
          <option value="">{own}</option>
          {all.map((offer) => {
            const why = shut?.(offer.id) ?? null;
            return (
              <option key={offer.id} value={offer.id} disabled={why !== null}>
                {[offer.name, why].filter(Boolean).join(" · ")}
              </option>
            );
          })}
        </select>
      )}
    </Labelled>
  );
}
