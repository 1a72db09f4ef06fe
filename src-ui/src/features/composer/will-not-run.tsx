import { TriangleAlert } from "lucide-react";
import type { AgentRow } from "../../gen/AgentRow";
import type { RoomView } from "../../gen/RoomView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAgents } from "../../state/index";
import { whyNot } from "../../ui/why-not";
import css from "./composer.module.css";

/** Says before anybody has written that the chosen agent will not start for them, and the way out (GR5, AG9). */
export function WillNotRun({ room, view, images }: { room: Room; view: RoomView; /** That go along. */ images: number }) {
  const row = useAgents().find((one) => one.agent === view.choice.agent);
  const blind = row?.offers.no_images && images > 0 ? t("images.none_taken", { agent: row.name }) : null;
  const words = row && (reason(row, room, view) ?? blind);
  if (!words) return null;
  return (
    <p className={css.unlimited}>
      <TriangleAlert size={13} aria-hidden />
      {words}
    </p>
  );
}

function reason(row: AgentRow, room: Room, view: RoomView): string | null {
  const { steer } = view.you.may;
  if (whyNot(row) !== null) {
    const why = row.enabled ? "missing" : "disabled";
    return t(steer ? `composer.${why}` : `composer.${why}_ask`, { agent: row.name });
  }
  const ceiling = room.transcript.ceilings[view.you.person] ?? "bypass";
  if (row.can_be_limited || view.you.rights.includes("own") || ceiling === "bypass") return null;
  return t(steer ? "composer.unlimited" : "composer.unlimited_ask", { agent: row.name });
}
