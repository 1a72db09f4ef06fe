import { CornerDownRight } from "lucide-react";
import { t } from "../../messages/t";
import { printed } from "../../state/keys";
import { Button } from "../../ui/button";

/** Adds what is written to the turn that runs, of an agent that can be steered (TU3). */
export function Steer({ onPress }: { onPress: () => void }) {
  return (
    <Button look="plain" title={t("composer.steer_about", { keys: printed("Mod+Enter") })} onClick={onPress}>
      <CornerDownRight size={14} aria-hidden />
      {t("composer.steer")}
    </Button>
  );
}
