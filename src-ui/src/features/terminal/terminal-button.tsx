import { SquareTerminal } from "lucide-react";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { useTerminalNumbers } from "../../state/terminal-numbers";
import { NEW_SIZE, useOpenTerminal, useTerminals } from "../../state/terminals";
import { Button } from "../../ui/button";
import { Popover } from "../../ui/popover";
import css from "./terminal.module.css";

/** The terminals of a workspace, and a new one; nothing where this person may not see any. */
export function TerminalButton({ workspace }: { workspace: string }) {
  const { rows, right } = useTerminals(workspace);
  const numberOf = useTerminalNumbers();
  const { act, busy } = useAct();
  const show = useOpenTerminal();
  if (right === "none") return null;
  const open = async () => {
    const reply = await act({ method: "open_terminal", params: { workspace, size: NEW_SIZE } });
    if (reply?.kind === "terminal") show(workspace, reply.terminal.terminal);
  };
  return (
    <Popover
      label={t("terminals")}
      trigger={(props) => (
        <Button look="quiet" square aria-label={t("terminals")} title={t("terminals")} {...props}>
          <SquareTerminal size={16} aria-hidden />
        </Button>
      )}
    >
      {(close) => (
        <div className={css.menu}>
          {rows.map(({ terminal, name, exit, is_setup }) => (
            <div key={terminal} className={css.row}>
              <Button
                look="quiet"
                className={css.item}
                onClick={() => {
                  close();
                  show(workspace, terminal);
                }}
              >
                {is_setup ? t(exit ? "setup.ended_of" : "setup.of", { name }) : t(exit ? "terminal.ended_of" : "terminal.of", { number: numberOf(workspace, terminal), name })}
              </Button>
              {right === "drive" && (
                <Button look="quiet" disabled={busy} onClick={() => void act({ method: "close_terminal", params: { workspace, terminal } })}>
                  {t("terminal.close")}
                </Button>
              )}
            </div>
          ))}
          {rows.length === 0 && <p className={css.none}>{t("terminal.none")}</p>}
          {right === "drive" && (
            <Button
              look="quiet"
              className={css.item}
              disabled={busy}
              onClick={() => {
                close();
                void open();
              }}
            >
              {t("terminal.new")}
            </Button>
          )}
        </div>
      )}
    </Popover>
  );
}
