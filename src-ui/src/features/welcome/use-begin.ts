import { useRef, useState } from "react";
import type { Wrong } from "../../state/attempt";
import { useClone } from "../../state/clones";
import { useMaking } from "../../state/made";
import { openNew } from "../../state/open-session";

/** Where a session begins: in a workspace that is there, or in a new one of a repository that is there, at a path or at an address. */
export type Where =
  | { kind: "workspace"; workspace: string }
  | { kind: "repository"; repository: string; name: string }
  | { kind: "path"; path: string; name: string }
  | { kind: "clone"; from: string; into: string; name: string };

export type Step = "repository" | "clone" | "workspace" | "session";

/** From a path to an open session in one go; what was made stays made when a later step is refused. */
export function useBegin(): { begin: (where: Where, agent: string) => Promise<void>; step: Step | null; wrong: Wrong | null } {
  const { attempt, wrong } = useMaking();
  const cloning = useClone();
  const [step, setStep] = useState<Step | null>(null);
  const [clones, setClones] = useState(false);
  const added = useRef(new Map<string, string>());

  const repositoryAt = async (path: string): Promise<string | null> => {
    const known = added.current.get(path);
    if (known !== undefined) return known;
    setStep("repository");
    const reply = await attempt({ method: "add_repository", params: { path } });
    if (reply?.kind !== "repository") return null;
    added.current.set(path, reply.repository);
    return reply.repository;
  };

  const cloneOf = async (from: string, into: string): Promise<string | null> => {
    const known = added.current.get(from);
    if (known !== undefined) return known;
    setStep("clone");
    const repository = await cloning.clone(from, into);
    if (repository !== null) added.current.set(from, repository);
    return repository;
  };

  const repositoryOf = (where: Exclude<Where, { kind: "workspace" }>): Promise<string | null> => {
    if (where.kind === "repository") return Promise.resolve(where.repository);
    return where.kind === "path" ? repositoryAt(where.path) : cloneOf(where.from, where.into);
  };

  const workspaceIn = async (where: Where): Promise<string | null> => {
    if (where.kind === "workspace") return where.workspace;
    const repository = await repositoryOf(where);
    if (repository === null) return null;
    setStep("workspace");
    const reply = await attempt({ method: "create_workspace", params: { repository, name: where.name } });
    return reply?.kind === "workspace" ? reply.workspace : null;
  };

  const begin = async (where: Where, agent: string) => {
    setClones(where.kind === "clone");
    const workspace = await workspaceIn(where);
    if (workspace !== null) {
      setStep("session");
      const reply = await attempt({ method: "open_session", params: { workspace, choice: { agent }, title: null } });
      if (reply?.kind === "session") openNew(reply.session);
    }
    setStep(null);
  };
  return { begin, step, wrong: clones && cloning.wrong ? cloning.wrong : wrong };
}
