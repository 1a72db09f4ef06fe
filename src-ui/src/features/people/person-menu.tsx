import { Ellipsis } from "lucide-react";
import { useState } from "react";
import type { PersonRow } from "../../gen/PersonRow";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { Button } from "../../ui/button";
import { Popover } from "../../ui/popover";
import { AskFirst } from "./ask-first";
import { Devices } from "./devices";
import css from "./menu.module.css";

type Props = { row: PersonRow; onChanged: () => void };
type Asking = { kind: "kick"; share: string; label: string } | { kind: "revoke" } | { kind: "devices" } | null;

/** What only the owner can do about a guest; what can't be taken back asks first (RO3, SH5). */
export function PersonMenu({ row, onChanged }: Props) {
  const [asking, setAsking] = useState<Asking>(null);
  const { act, busy } = useAct();
  const { person, name } = row;
  const silenced = row.shares.filter((share) => share.muted);
  const mute = async (method: "mute" | "unmute") => {
    const shares = method === "mute" ? row.shares.filter((share) => !share.muted) : silenced;
    for (const { share } of shares) if (!(await act({ method, params: { share, person } }))) return;
    onChanged();
  };
  const close = () => setAsking(null);
  const item = (label: string, run: () => void, danger = false) => (
    <Button look="quiet" disabled={busy} className={danger ? css.danger : css.item} onClick={run}>
      {label}
    </Button>
  );
  return (
    <>
      <Popover
        label={t("people.menu", { name })}
        trigger={(props) => (
          <Button look="quiet" square aria-label={t("people.menu", { name })} {...props}>
            <Ellipsis size={15} aria-hidden />
          </Button>
        )}
      >
        {(shut) => {
          const then = (run: () => void) => () => {
            shut();
            run();
          };
          return (
            <div className={css.menu}>
              {silenced.length < row.shares.length && item(t("people.mute"), then(() => void mute("mute")))}
              {silenced.length > 0 && item(t("people.unmute"), then(() => void mute("unmute")))}
              {item(t("people.devices"), then(() => setAsking({ kind: "devices" })))}
              {row.shares.map(({ share, label }) => (
                <div key={share}>
                  {item(t("people.kick", { label }), then(() => setAsking({ kind: "kick", share, label })), true)}
                </div>
              ))}
              {item(t("people.revoke"), then(() => setAsking({ kind: "revoke" })), true)}
            </div>
          );
        }}
      </Popover>
      {asking?.kind === "kick" && (
        <AskFirst
          title={t("people.kick_title", { name, label: asking.label })}
          about={t("people.kick_about")}
          verb={t("people.kick_verb")}
          request={{ method: "kick", params: { share: asking.share, person } }}
          onClose={close}
          onDone={onChanged}
        />
      )}
      {asking?.kind === "revoke" && (
        <AskFirst
          title={t("people.revoke_title", { name })}
          about={t("people.revoke_about", { name })}
          verb={t("people.revoke_verb")}
          request={{ method: "revoke_person", params: { person } }}
          onClose={close}
          onDone={onChanged}
        />
      )}
      {asking?.kind === "devices" && <Devices row={row} onClose={close} onChanged={onChanged} />}
    </>
  );
}
