import { useState } from "react";
import type { ShareRow as Row } from "../../gen/ShareRow";
import { t, tn } from "../../messages/t";
import { useAct } from "../../state/act";
import { useDirectory } from "../../state/index";
import { dollars, short } from "../../ui/amounts";
import { Button } from "../../ui/button";
import { rightsWords } from "../../ui/rights-words";
import { timeOfDay, useNow } from "../../ui/time";
import { Invites } from "./invites";
import type { ShownCode } from "./pairing";
import css from "./sharing.module.css";

type Props = { row: Row; onChanged: () => void; onEdit: () => void; onInvite: () => void; onPair: (shown: ShownCode) => void };

/** One share: what it opens, who is in, its open invites, and how to change or stop it. */
export function ShareRow({ row, onChanged, onEdit, onInvite, onPair }: Props) {
  const { terms, share } = row;
  const [stopping, setStopping] = useState(false);
  const { act, busy } = useAct();
  const stop = async () => {
    if (await act({ method: "stop_share", params: { share } })) onChanged();
  };
  const pair = async () => {
    const reply = await act({ method: "start_pairing", params: { share } });
    if (reply?.kind === "pairing_code") onPair({ share, label: terms.label, code: reply.code, until: reply.until });
  };
  return (
    <li className={css.share} aria-label={terms.label}>
      <p className={css.label}>{terms.label}</p>
      <p className={css.note}>
        <Facts row={row} />
      </p>
      <p className={css.people}>
        {row.people.length === 0
          ? t("share.nobody")
          : row.people.map(memberWords).join(", ")}
      </p>
      {row.open_invites > 0 && <Invites share={share} onChanged={onChanged} />}
      {stopping ? (
        <div className={css.asking} role="alert">
          <p>{tn("share.stop_about", row.people.length)}</p>
          <div className={css.verbs}>
            <Button autoFocus onClick={() => setStopping(false)}>
              {t("share.keep")}
            </Button>
            <Button look="danger" disabled={busy} onClick={stop}>
              {t("share.stop")}
            </Button>
          </div>
        </div>
      ) : (
        <div className={css.verbs}>
          <Button look="quiet" disabled={busy} onClick={() => setStopping(true)}>
            {t("share.stop")}
          </Button>
          <Button disabled={busy} onClick={onEdit}>
            {t("share.edit")}
          </Button>
          <Button disabled={busy} onClick={pair}>
            {t("pair")}
          </Button>
          <Button disabled={busy} onClick={onInvite}>
            {t("invite.new")}
          </Button>
        </div>
      )}
    </li>
  );
}

function memberWords({ name, here, muted }: Row["people"][number]): string {
  if (here && muted) return t("share.here_muted", { name });
  return here ? t("share.here", { name }) : muted ? t("share.muted", { name }) : name;
}

/** `auth-refactor · steer, approve · plans need everyone · until 18:00`. */
function Facts({ row: { terms } }: { row: Row }) {
  const directory = useDirectory();
  const now = useNow();
  const names = terms.workspaces.map((id) => directory?.workspaces.find((one) => one.workspace === id)?.name ?? id);
  return [
    names.join(", "),
    rightsWords(terms.rights),
    terms.ceiling !== "ask" && t(`share.unasked.${terms.ceiling}`),
    terms.rules.consensus && t("people.consensus"),
    terms.rules.plan_first && t("share.plan_first_fact"),
    !terms.browser_guests && t("share.no_browsers"),
    terms.budget?.tokens != null && t("share.budget_of_tokens", { most: short(terms.budget.tokens) }),
    terms.budget?.cost_micros != null && t("share.budget_of_cost", { most: dollars(terms.budget.cost_micros) }),
    terms.total?.tokens != null && t("share.total_of_tokens", { most: short(terms.total.tokens) }),
    terms.total?.cost_micros != null && t("share.total_of_cost", { most: dollars(terms.total.cost_micros) }),
    terms.expires_at !== undefined && t("share.until", { time: timeOfDay(terms.expires_at, now) }),
  ]
    .filter(Boolean)
    .join(" · ");
}
