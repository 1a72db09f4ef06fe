import { useState } from "react";
import type { Invited } from "../../gen/Invited";
import type { ShareRow as Row } from "../../gen/ShareRow";
import { t } from "../../messages/t";
import { useAsked } from "../../state/asked";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import { InviteResult } from "./invite-result";
import { NewShare } from "./new-share";
import { EditShare } from "./edit-share";
import { ShareRow } from "./share-row";
import css from "./sharing.module.css";

type Props = { workspace: string; onClose: () => void };
type View =
  | { kind: "list" }
  | { kind: "new" }
  | { kind: "edit"; share: string }
  | { kind: "invited"; invited: Invited; browsers: boolean };

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
  const invited = (invite: Invited, browsers: boolean) => setView({ kind: "invited", invited: invite, browsers });
  switch (shown.kind) {
    case "new":
      return (
        <Dialog title={t("share.new")} onClose={onClose} wide>
          <NewShare workspace={workspace} onCancel={leave} onMade={invited} />
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
    case "invited":
      return (
        <Dialog title={t("invite.title")} onClose={onClose} wide>
          <InviteResult invited={shown.invited} browsers={shown.browsers} />
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
          <List rows={rows} again={shares.again} onEdit={(share) => setView({ kind: "edit", share })} onInvited={invited} />
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
  onInvited: (invited: Invited, browsers: boolean) => void;
};

function List({ rows, again, onEdit, onInvited }: ListProps) {
  if (rows.length === 0) return <p className={css.note}>{t("shares.none")}</p>;
  return (
    <ul role="list" className={css.rows}>
      {rows.map((row) => (
        <ShareRow
          key={row.share}
          row={row}
          onChanged={again}
          onEdit={() => onEdit(row.share)}
          onInvited={(invited) => onInvited(invited, row.terms.browser_guests)}
        />
      ))}
    </ul>
  );
}
