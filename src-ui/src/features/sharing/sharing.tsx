import { useState } from "react";
import type { Invited } from "../../gen/Invited";
import type { MintNotice } from "../../gen/MintNotice";
import type { ShareRow as Row } from "../../gen/ShareRow";
import { t } from "../../messages/t";
import { useAsked } from "../../state/asked";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import { FIRST, InviteResult, type InviteFor } from "./invite-result";
import { NewInvite } from "./new-invite";
import { NewShare } from "./new-share";
import { Notices } from "./notices";
import { EditShare } from "./edit-share";
import { Pairing, type ShownCode } from "./pairing";
import { ShareRow } from "./share-row";
import css from "./sharing.module.css";

type Props = { workspace: string; onClose: () => void };
type View =
  | { kind: "list" }
  | { kind: "new" }
  | { kind: "edit"; share: string }
  | { kind: "invite"; share: string }
  | { kind: "invited"; invited: Invited; terms: InviteFor; browsers: boolean; notices: readonly MintNotice[] }
  | { kind: "pairing"; shown: ShownCode };

/** Everything an owner does with shares: make, hand out, edit live, stop (SH1, SH2). */
export function Sharing({ workspace, onClose }: Props) {
  const shares = useAsked({ method: "shares" }, "shares");
  const [view, setView] = useState<View | null>(null);
  const rows = shares.answer?.shares ?? [];
  const shown: View = view ?? { kind: rows.length > 0 ? "list" : "new" };
  const back = () => {
    shares.again();
    setView({ kind: "list" });
  };
  if (shares.answer === null)
    return (
      <Dialog title={t("share")} onClose={onClose}>
        {shares.wrong ? <Wrong wrong={shares.wrong} /> : <p className={css.note}>{t("shares.loading")}</p>}
      </Dialog>
    );
  const leave = rows.length > 0 ? back : onClose;
  const invited = (invite: Invited, terms: InviteFor, browsers: boolean, notices: readonly MintNotice[] = []) =>
    setView({ kind: "invited", invited: invite, terms, browsers, notices });
  switch (shown.kind) {
    case "new":
      return (
        <Dialog title={t("share.new")} onClose={onClose} wide>
          <NewShare
            workspace={workspace}
            onCancel={leave}
            onMade={(invite, browsers, notices) => invited(invite, FIRST, browsers, notices)}
          />
        </Dialog>
      );
    case "edit": {
      const row = rows.find((one) => one.share === shown.share);
      return (
        <Dialog title={t("share.edit_title", { label: row?.terms.label ?? "" })} onClose={onClose} wide>
          {row ? <EditShare row={row} onDone={back} /> : <p className={css.note}>{t("share.gone")}</p>}
        </Dialog>
      );
    }
    case "invite": {
      const row = rows.find((one) => one.share === shown.share);
      return (
        <Dialog title={t("invite.title", { label: row?.terms.label ?? "" })} onClose={onClose}>
          {row ? (
            <NewInvite
              row={row}
              onCancel={back}
              onMade={(invite, terms) => invited(invite, terms, row.terms.browser_guests)}
            />
          ) : (
            <p className={css.note}>{t("share.gone")}</p>
          )}
        </Dialog>
      );
    }
    case "pairing":
      return (
        <Pairing shown={shown.shown} onCode={(code) => setView({ kind: "pairing", shown: code })} onDone={back} onClose={onClose} />
      );
    case "invited":
      return (
        <Dialog title={t("invite.made")} onClose={onClose} wide>
          <InviteResult invited={shown.invited} terms={shown.terms} browsers={shown.browsers} />
          <Notices notices={shown.notices} />
          <div className={css.verbs}>
            <Button onClick={back}>{t("shares.show")}</Button>
            <Button look="primary" onClick={onClose}>
              {t("done")}
            </Button>
          </div>
        </Dialog>
      );
    case "list":
      return (
        <Dialog title={t("shares.title")} onClose={onClose} wide>
          <List
            rows={rows}
            again={shares.again}
            onEdit={(share) => setView({ kind: "edit", share })}
            onInvite={(share) => setView({ kind: "invite", share })}
            onPair={(code) => setView({ kind: "pairing", shown: code })}
          />
          <div className={css.verbs}>
            <Button onClick={() => setView({ kind: "new" })}>{t("share.new")}</Button>
            <Button look="primary" onClick={onClose}>
              {t("done")}
            </Button>
          </div>
        </Dialog>
      );
  }
}

type ListProps = {
  rows: readonly Row[];
  again: () => void;
  onEdit: (share: string) => void;
  onInvite: (share: string) => void;
  onPair: (shown: ShownCode) => void;
};

function List({ rows, again, onEdit, onInvite, onPair }: ListProps) {
  if (rows.length === 0) return <p className={css.note}>{t("shares.none")}</p>;
  return (
    <ul role="list" className={css.rows}>
      {rows.map((row) => (
        <ShareRow
          key={row.share}
          row={row}
          onChanged={again}
          onEdit={() => onEdit(row.share)}
          onInvite={() => onInvite(row.share)}
          onPair={onPair}
        />
      ))}
    </ul>
  );
}
