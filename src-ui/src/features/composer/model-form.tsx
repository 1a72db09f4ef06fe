import { useState } from "react";
import type { AgentChoice } from "../../gen/AgentChoice";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import css from "./picker.module.css";

type Props = { choice: AgentChoice; busy: boolean; onChoose: (model: string) => void };

/** The agent's model by its own name; empty leaves the agent's default. */
export function ModelForm({ choice, busy, onChoose }: Props) {
  const [model, setModel] = useState(choice.model ?? "");
  return (
    // Not a form: it sits within the composer's, and forms do not nest.
    <div className={css.model}>
      <Field
        aria-label={t("agent.model")}
        placeholder={t("agent.model_default")}
        value={model}
        onChange={(event) => setModel(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (!busy) onChoose(model.trim());
        }}
      />
      <Button onClick={() => onChoose(model.trim())} disabled={busy || model.trim() === (choice.model ?? "")}>
        {t("agent.use")}
      </Button>
    </div>
  );
}
