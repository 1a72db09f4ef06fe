import { useState } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import css from "./picker.module.css";

type Props = { id: string; own: string; value: string; busy: boolean; onChoose: (value: string | undefined) => void };

/** By the agent's own name for it; empty leaves the agent's default. */
export function ModelForm({ id, own, value, busy, onChoose }: Props) {
  const [written, setWritten] = useState(value);
  const choose = () => onChoose(written.trim() || undefined);
  return (
    // Not a form: it sits within the composer's, and forms do not nest.
    <div className={css.model}>
      <Field
        id={id}
        placeholder={own}
        value={written}
        onChange={(event) => setWritten(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (!busy) choose();
        }}
      />
      <Button onClick={choose} disabled={busy || written.trim() === value}>
        {t("agent.use")}
      </Button>
    </div>
  );
}
