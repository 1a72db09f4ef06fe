import { TriangleAlert } from "lucide-react";
import type { RoomView } from "../../gen/RoomView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAgents } from "../../state/index";
import css from "./composer.module.css";

/** Says before a guest has written that the chosen agent is not started for them, and the way out (GR5). */
export function Unlimited({ room, view }: { room: Room; view: RoomView }) {
  const row = useAgents().find((one) => one.agent === view.choice.agent);
  const ceiling = room.transcript.ceilings[view.you.person] ?? "bypass";
  const owner = view.you.rights.includes("own");
  if (!row || row.can_be_limited || owner || ceiling === "bypass") return null;
  return (
    <p className={css.unlimited}>
      <TriangleAlert size={13} aria-hidden />
      {t(view.you.may.steer ? "composer.unlimited" : "composer.unlimited_ask", { agent: row.name })}
    </p>
  );
}
