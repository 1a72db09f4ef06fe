import { useState } from "react";
import { t } from "../../messages/t";
import { useStore } from "../../state/index";
import { beginInstead, closeTerminalTab } from "../../state/terminals";
import { Button } from "../../ui/button";
import css from "./terminal.module.css";

type Props = { workspace: string; terminal: string; mayOpen: boolean };

/** Where a terminal was: a new one, or nothing. */
export function GoneTerminal({ workspace, terminal, mayOpen }: Props) {
  const store = useStore();
  const [busy, setBusy] = useState(false);
  const again = async () => {
    setBusy(true);
    await beginInstead(store, workspace, terminal);
    setBusy(false);
  };
  return (
    <div className={css.gone}>
      <p role="status">
        <b>{t("terminal.gone")}</b> {t("terminal.gone_about")}
      </p>
      {mayOpen && (
        <Button look="primary" disabled={busy} onClick={again}>
          {t("terminal.instead")}
        </Button>
      )}
      <Button onClick={() => closeTerminalTab(store, workspace, terminal)}>{t("terminal.close")}</Button>
    </div>
  );
}
