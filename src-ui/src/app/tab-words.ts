import { t } from "../messages/t";
import { titleOf as titleOfSession } from "../state/session-title";
import type { Shown } from "./use-open-tabs";

/** What a tab is called; its number is the session's own and never changes (HA1). */
export function titleOf({ row, other, known, terminal, changes, files }: Shown): string {
  if (files) return t("files.tab", { workspace: files.name });
  if (changes) return t("changes.tab", { workspace: changes.name });
  if (terminal) return terminalWords(terminal);
  if (row) return titleOfSession(row);
  return other?.row.label ?? (known ? t("tab.gone") : t("tab.loading"));
}

export function tabHint({ row, other, terminal, changes, files }: Shown): string {
  return [files && t("files.tab", { workspace: files.name }), changes && t("changes.tab", { workspace: changes.name }), terminal && terminalWords(terminal), row && `#${row.number} · ${row.handle}`, row && titleOfSession(row), other?.row.label].filter(Boolean).join(" · ");
}

function terminalWords({ workspace: { name }, isSetup, number }: NonNullable<Shown["terminal"]>): string {
  return isSetup ? t("setup.tab", { workspace: name }) : t("terminal.tab", { number, workspace: name });
}
