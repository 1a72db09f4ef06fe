import { useCallback, useState } from "react";
import type { RoomView } from "../gen/RoomView";
import type { WorkspaceView } from "../gen/WorkspaceView";
import type { Wrong } from "./attempt";
import { willWriteIn } from "./begun";
import { useDirectory } from "./index";
import { useMaking } from "./made";
import { useOpenHere } from "./open-here";
import { isInUse } from "./workspaces";

export type Fork = {
  /** A new workspace, with the files of a checkpoint or as they are now; `null` for the session's own. */
  files: { workspace: string; checkpoint: number | null; name: string } | null;
  /** What was said, before a turn or all of it; `null` for a workspace alone. */
  talk: { session: string; before: string | null; title: string | null } | null;
};

export type Forking = {
  fork: (wanted: Fork) => Promise<void>;
  busy: boolean;
  wrong: Wrong | null;
  /** The name of the workspace that was made when the session could not be forked into it: only that is tried again. */
  made: string | null;
};

/** Forks files first, then the conversation into them, and opens the new session (WS19, WS24). */
export function useFork(onDone: () => void): Forking {
  const { attempt, busy, wrong } = useMaking();
  const open = useOpenHere();
  const [made, setMade] = useState<{ workspace: string; name: string } | null>(null);
  const fork = useCallback(
    async ({ files, talk }: Fork) => {
      let workspace = made?.workspace ?? null;
      if (files && workspace === null) {
        const reply = await attempt({ method: "fork_workspace", params: files });
        if (reply?.kind !== "workspace") return;
        workspace = reply.workspace;
      }
      if (talk) {
        const reply = await attempt({ method: "fork_session", params: { ...talk, workspace } });
        if (files && workspace !== null && !reply) setMade({ workspace, name: files.name });
        if (reply?.kind !== "session") return;
        willWriteIn(reply.session);
        open(reply.session);
      }
      onDone();
    },
    [attempt, made, open, onDone],
  );
  return { fork, busy, wrong, made: made?.name ?? null };
}

/** Where a session can be forked; `null` for whoever may not, and where nothing begins any more. */
export function useForkPlace(view: RoomView | null): WorkspaceView | null {
  const workspaces = useDirectory()?.workspaces ?? [];
  if (!view?.you.rights.includes("own")) return null;
  return workspaces.find((one) => one.workspace === view.workspace && isInUse(one)) ?? null;
}
