import { t } from "../../messages/t";
import { useAgents, useDirectory } from "../../state/index";
import { isInUse } from "../../state/workspaces";
import { Button } from "../../ui/button";
import { listed } from "../../ui/listed";
import { Tick } from "../../ui/tick";
import { Wrong } from "../../ui/wrong";
import { MoreTerms } from "./more-terms";
import { RightsField } from "./rights-field";
import { givenRights, type Wish } from "./wish";
import css from "./sharing.module.css";

type Props = {
  wish: Wish;
  onChange: (wish: Wish) => void;
  busy: boolean;
  wrong: { message: string; hint: string | null } | null;
  send: string;
  onCancel: () => void;
  onSend: () => void;
};

/** What a share opens, for whom and how plans are decided, in plain words (SH1, GR1). */
export function ShareForm({ wish, onChange, busy, wrong, send, onCancel, onSend }: Props) {
  const ready = wish.workspaces.length > 0 && !busy;
  const rules = (change: Partial<Wish["rules"]>) => onChange({ ...wish, rules: { ...wish.rules, ...change } });
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSend();
      }}
    >
      <Scope wish={wish} onChange={onChange} />
      <RightsField wish={wish} onChange={onChange} />
      <fieldset className={css.group}>
        <legend>{t("share.plans")}</legend>
        <Tick checked={wish.rules.consensus} onChange={(consensus) => rules({ consensus })}>
          {t("share.consensus")}
        </Tick>
        {wish.rules.consensus ? (
          <Tick checked={wish.rules.override_allowed} onChange={(override_allowed) => rules({ override_allowed })}>
            {t("share.override")}
          </Tick>
        ) : (
          <Tick checked={wish.rules.driver_decides} onChange={(driver_decides) => rules({ driver_decides })}>
            {t("share.driver_decides")}
          </Tick>
        )}
        <Tick checked={wish.rules.plan_first ?? false} onChange={(plan_first) => rules({ plan_first })}>
          {t("share.plan_first")}
        </Tick>
      </fieldset>
      <fieldset className={css.group}>
        <legend>{t("share.door")}</legend>
        <Tick checked={wish.consent} onChange={(consent) => onChange({ ...wish, consent })}>
          {t("share.consent")}
        </Tick>
        <Tick checked={wish.browser_guests} onChange={(browser_guests) => onChange({ ...wish, browser_guests })}>
          {t("share.browsers")}
        </Tick>
      </fieldset>
      <MoreTerms wish={wish} onChange={onChange} />
      <Unlimited wish={wish} />
      <p className={css.note}>{t("share.credentials")}</p>
      {givenRights(wish).includes("steer") && <p className={css.note}>{t("share.acts_as_you")}</p>}
      <Wrong wrong={wrong} />
      <div className={css.verbs}>
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button type="submit" look="primary" disabled={!ready}>
          {send}
        </Button>
      </div>
    </form>
  );
}

/** Agents that do unasked what they like would do so for a guest: they are not started for one (GR5). */
function Unlimited({ wish }: Pick<Props, "wish">) {
  const agents = useAgents().filter((row) => row.found && !row.can_be_limited);
  const runs = givenRights(wish).some((right) => right === "steer" || right === "suggest");
  if (wish.ceiling === "bypass" || !runs || agents.length === 0) return null;
  const names = listed(agents.map((row) => row.name));
  return (
    <p className={css.note}>
      {t(agents.length === 1 ? "share.unlimited.one" : "share.unlimited.other", { agents: names })}
    </p>
  );
}

function Scope({ wish, onChange }: Pick<Props, "wish" | "onChange">) {
  const directory = useDirectory();
  const pick = (id: string, on: boolean) =>
    onChange({ ...wish, workspaces: on ? [...wish.workspaces, id] : wish.workspaces.filter((one) => one !== id) });
  return (
    <fieldset className={css.group}>
      <legend>{t("share.scope")}</legend>
      <div className={css.scope}>
        {(directory?.workspaces ?? []).filter((one) => isInUse(one) || wish.workspaces.includes(one.workspace)).map((one) => (
          <Tick
            key={one.workspace}
            checked={wish.workspaces.includes(one.workspace)}
            onChange={(on) => pick(one.workspace, on)}
          >
            {one.name} <small className={css.note}>{one.repository_name}</small>
          </Tick>
        ))}
      </div>
    </fieldset>
  );
}
