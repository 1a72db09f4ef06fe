import type { Directory } from "../gen/Directory";
import type { SessionRow } from "../gen/SessionRow";
import { t } from "../messages/t";

/** Where a session works: host, repository, workspace; in the hint its branch. */
export function placeOf(row: SessionRow, directory: Directory | null, host: string | null) {
  const workspace = directory?.workspaces.find((one) => one.workspace === row.workspace) ?? null;
  return {
    workspace,
    words: [host, workspace?.repository_name, workspace?.name].filter(Boolean).join(" / "),
    hint: workspace ? t("workspace.branch", { branch: workspace.branch }) : undefined,
  };
}
