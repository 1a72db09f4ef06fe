import type { Entry } from "../features/palette/entry";
import type { Directory } from "../gen/Directory";
import { t } from "../messages/t";
import { useAct } from "../state/act";
import { useAgents } from "../state/index";
import { printed } from "../state/keys";
import { willWriteIn } from "../state/begun";
import { openBeside, openSession, ranked } from "../state/open-session";
import { REPOSITORY_WISHES, useRepositoryWish } from "../state/repositories";
import { titleOf } from "../state/session-title";
import { useWish } from "../state/wish";
import { wishesOf, workspacesInUse } from "../state/workspaces";
import { toneOf } from "../ui/status-tone";
import { whyNot } from "../ui/why-not";
import type { Action } from "./action";
import { placeOf } from "./place-of";
import type { OpenTabs } from "./use-open-tabs";

type Given = { owner: boolean; directory: Directory | null; tabs: OpenTabs; actions: readonly Action[]; settings: readonly Action[] };

/** Everything that the palette can find. */
export function useEntries({ owner, directory, tabs, actions, settings }: Given): Entry[] {
  const upkeep = useUpkeep(owner ? directory : null);
  const news = useNewSessions(directory);
  return [
    ...sessionsOf(directory, null),
    ...tabs.hosts.flatMap(({ row, directory: theirs }) => sessionsOf(theirs, { key: row.key, name: row.label })),
    ...actions.filter(({ off, keyOnly, leadsBack }) => !off && !keyOnly && !leadsBack).map((action) => entryOf(action, "action")),
    ...upkeep,
    ...settings.map((action) => entryOf(action, "setting")),
    ...news,
  ];
}

function entryOf({ id, words, keys, run }: Action, group: Entry["group"]): Entry {
  return { id, group, words, keys: keys && printed(keys), run };
}

function sessionsOf(directory: Directory | null, host: { key: string; name: string } | null): Entry[] {
  if (!directory) return [];
  const ended = directory.sessions.filter(({ state }) => state === "ended").toSorted((a, b) => b.updated_at - a.updated_at);
  return [...ranked(directory), ...ended].map((row) => ({
    id: `${host?.key ?? ""}/${row.session}`,
    group: "session",
    words: titleOf(row),
    hint: `#${row.number} · ${placeOf(row, directory, host?.name ?? null).words}`,
    status: { tone: toneOf(row.status), label: t(`status.${row.status}`) },
    run: () => openSession(row.session, host?.key ?? null),
    runBeside: () => openBeside(row.session, host?.key ?? null),
  }));
}

/** What the owner can do with workspaces and repositories as a whole (WI23, WI27). */
function useUpkeep(directory: Directory | null): Entry[] {
  const wish = useWish();
  const wishOf = useRepositoryWish();
  const ofRepositories = (directory?.repositories ?? []).flatMap((repository) =>
    REPOSITORY_WISHES.map(
      (what): Entry => ({
        id: `${what} ${repository.repository}`,
        group: "action",
        words: t(`repository.action.${what}`, { repository: repository.name }),
        run: () => wishOf(repository, what),
      }),
    ),
  );
  const ofWorkspaces = (directory?.workspaces ?? []).flatMap((workspace) =>
    wishesOf(workspace).map(
      (what): Entry => ({
        id: `${what} ${workspace.workspace}`,
        group: "action",
        words: t(`workspace.action_${what}`, { workspace: workspace.name }),
        hint: workspace.repository_name,
        run: () => wish(workspace.workspace, what),
      }),
    ),
  );
  return [...ofWorkspaces, ...ofRepositories];
}

function useNewSessions(directory: Directory | null): Entry[] {
  const agents = useAgents().filter((row) => whyNot(row) === null);
  const { act } = useAct();
  return workspacesInUse(directory).flatMap((workspace) =>
    agents.map((agent): Entry => {
      const start = (then: (session: string) => void) => async () => {
        const params = { workspace: workspace.workspace, choice: { agent: agent.agent }, title: null };
        const reply = await act({ method: "open_session", params });
        if (reply?.kind !== "session") return;
        willWriteIn(reply.session);
        then(reply.session);
      };
      return {
        id: `new ${workspace.workspace} ${agent.agent}`,
        group: "new",
        words: t("palette.new_session", { workspace: workspace.name }),
        hint: `${workspace.repository_name} · ${agent.name}`,
        run: () => void start(openSession)(),
        runBeside: () => void start(openBeside)(),
      };
    }),
  );
}
