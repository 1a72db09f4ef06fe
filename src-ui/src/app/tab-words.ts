import { t } from "../messages/t";
import type { Shown } from "./use-open-tabs";

/** What a tab is called; its number is the session's own and never changes (HA1). */
export function titleOf({ row, other, known, terminal, changes, files }: Shown): string {
  if (files) return t("files.tab", { workspace: files.name });
  if (changes) return t("changes.tab", { workspace: changes.name });
  if (terminal) return terminalWords(terminal);
  if (row) return row.status === "broken" ? t("sessions.broken", { number: String(row.number) }) : row.title;
  return other?.row.label ?? (known ? t("tab.gone") : t("tab.loading"));
}

export function tabHint({ row, other, terminal, changes, files }: Shown): string {
  return [files && t("files.tab", { workspace: files.name }), changes && t("changes.tab", { workspace: changes.name }), terminal && terminalWords(terminal), row && `#${row.number} · ${row.handle}`, row?.title, other?.row.label].filter(Boolean).join(" · ");
}

function terminalWords({ workspace: { name }, isSetup }: NonNullable<Shown["terminal"]>): string {
  return t(isSetup ? "setup.tab" : "terminal.tab", { workspace: name });
}
