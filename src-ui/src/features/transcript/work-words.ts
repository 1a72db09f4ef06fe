import type { Deed } from "../../gen/Deed";
import { t, tn } from "../../messages/t";
import { shortCommit } from "../../ui/commit";

/** What somebody did with the work of the workspace, in a sentence. */
export function workWords(name: string, deed: Deed): string {
  switch (deed.kind) {
    case "committed":
      return committed(name, deed);
    case "rejected":
      return t("work.rejected", { name, files: tn("work.files", deed.files) });
    case "reverted":
      return t("work.reverted", { name, of: shortCommit(deed.of), commit: shortCommit(deed.commit) });
    case "restored":
      return t(deed.of ? `work.restored_${deed.of.edge}` : "work.restored", { name });
    case "applied":
      return t("work.applied", { name, onto: deed.onto, commit: shortCommit(deed.commit) });
    case "brought_in":
      return broughtIn(name, deed);
    case "merged":
      return t("work.merged", { name, commit: shortCommit(deed.commit) });
    case "merge_left":
      return t("work.merge_left", { name });
    case "wrote":
      return t("work.wrote", { name, path: deed.path });
    case "renamed":
      return t("work.renamed", { name, to: deed.name, branch: deed.branch });
    case "archived":
      return t("work.archived", { name });
    case "returned":
      return t("work.returned", { name });
    case "pushed":
      return t("work.pushed", { name, remote: deed.remote });
    case "asked":
      return t("work.asked", { name, address: deed.address });
    default:
      deed satisfies never;
      return t("notice.unknown", { type: (deed as Deed).kind });
  }
}

function committed(name: string, { files: count, message, commit }: Extract<Deed, { kind: "committed" }>): string {
  const said = { name, files: tn("work.files", count), commit: shortCommit(commit) };
  const first = message.split("\n")[0] ?? "";
  return first === "" ? t("work.committed_bare", said) : t("work.committed", { ...said, message: first });
}

function broughtIn(name: string, { from, conflicts }: Extract<Deed, { kind: "brought_in" }>): string {
  if (conflicts.length === 0) return t("work.brought_in", { name, from });
  return t("work.brought_in_conflicts", { name, from, files: tn("work.files", conflicts.length) });
}
