import { ArrowUp, Lightbulb, ListPlus, Square } from "lucide-react";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { Button } from "../../ui/button";
import type { Verb } from "./mode";

const ICONS = { send: ArrowUp, queue: ListPlus, suggest: Lightbulb } as const;

/** The one button. It stops the turn only by a press of its own, never by Enter. */
export function Verbs({ session, verb, ready }: { session: string; verb: Verb; ready: boolean }) {
  const { act, busy } = useAct();
  if (verb === "stop")
    return (
      <Button disabled={busy || !ready} onClick={() => act({ method: "stop_turn", params: { session } })}>
        <Square size={11} fill="currentColor" aria-hidden />
        {t(ready ? "composer.stop" : "lock.stopping")}
      </Button>
    );
  const Icon = ICONS[verb];
  return (
    <Button type="submit" look={verb === "send" ? "primary" : "plain"} disabled={!ready}>
      <Icon size={14} aria-hidden />
      {t(`composer.${verb}`)}
    </Button>
  );
}
