import "@xterm/xterm/css/xterm.css";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useTerminalNumbers } from "../../state/terminal-numbers";
import { useTerminals } from "../../state/terminals";
import { Button } from "../../ui/button";
import { GoneTerminal } from "./gone-terminal";
import { TerminalFind } from "./terminal-find";
import { usePaper, type Standing } from "./use-paper";
import css from "./terminal.module.css";

type Props = { workspace: WorkspaceView; terminal: string; /** Keys go to it. */ here: boolean };

/** One terminal: whose it is and how it stands over the screen. */
export default function TerminalPage({ workspace, terminal, here }: Props) {
  const { rows, right, known } = useTerminals(workspace.workspace);
  const numberOf = useTerminalNumbers();
  const [searching, setSearching] = useState(false);
  const row = rows.find((one) => one.terminal === terminal);
  const drives = known ? right === "drive" : null;
  const { place, paper, standing, said } = usePaper({ workspace: workspace.workspace, terminal, drives, onSearch: () => setSearching(true) });
  useEffect(() => {
    if (here) paper.current?.focus();
  }, [here, paper]);
  const close = () => {
    setSearching(false);
    paper.current?.leaveSearch();
    paper.current?.focus();
  };
  return (
    <section className={css.page} aria-label={row?.is_setup ? t("setup.tab", { workspace: workspace.name }) : t("terminal.tab", { number: numberOf(workspace.workspace, terminal), workspace: workspace.name })}>
      <header className={css.head}>
        <p className={css.whose}>{row && t("terminal.whose", { name: row.name })}</p>
        <p role="status" className={css.standing}>
          {said ?? wordsOf(standing) ?? (right === "view" ? t("terminal.view_only") : null)}
        </p>
        {searching ? (
          <TerminalFind find={(words, back) => paper.current?.find(words, back) ?? false} onClose={close} />
        ) : (
          <Button look="quiet" square aria-label={t("terminal.search")} title={t("terminal.search")} onClick={() => setSearching(true)}>
            <Search size={14} aria-hidden />
          </Button>
        )}
      </header>
      {standing.kind === "gone" && <GoneTerminal workspace={workspace.workspace} terminal={terminal} mayOpen={drives ?? false} />}
      <div className={css.screen} data-terminal={terminal}>
        <div ref={place} className={css.place} />
      </div>
    </section>
  );
}

function wordsOf(standing: Standing): string | null {
  switch (standing.kind) {
    case "open":
    // It has a line of its own, with the ways on.
    case "gone":
      return null;
    case "ended":
      return standing.exit.signal === undefined ? t("terminal.ended", { code: String(standing.exit.code) }) : t("terminal.killed", { signal: standing.exit.signal });
    case "refused":
      return standing.message;
  }
}
