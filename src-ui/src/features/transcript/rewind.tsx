import { History } from "lucide-react";
import { useState } from "react";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useDirectory } from "../../state/index";
import { mayApprove } from "../../state/rights-in";
import { Button } from "../../ui/button";
import { RewindDialog } from "./rewind-dialog";

type Props = { room: Room; session: string; turn: string };

/** The way back to before a turn, for whoever may approve. */
export function Rewind({ room, session, turn }: Props) {
  const [asking, ask] = useState(false);
  const workspace = useRewinds(room, session);
  if (workspace === null) return null;
  return (
    <>
      <Button look="quiet" onClick={() => ask(true)}>
        <History size={13} aria-hidden /> {t("rewind")}
      </Button>
      {asking && <RewindDialog room={room} session={session} workspace={workspace} turn={turn} onClose={() => ask(false)} />}
    </>
  );
}

/** The workspace that goes back with a session's turns; `null` for whoever may not. */
export function useRewinds(room: Room, session: string): string | null {
  const workspace = useDirectory()?.sessions.find((row) => row.session === session)?.workspace;
  return mayApprove(room.view?.you.rights ?? []) ? (workspace ?? null) : null;
}
