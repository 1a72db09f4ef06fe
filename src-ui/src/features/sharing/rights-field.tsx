import type { Right } from "../../gen/Right";
import { t } from "../../messages/t";
import { Choice } from "../../ui/choice";
import { Tick } from "../../ui/tick";
import { GIVEN, givenRights, PRESETS, type Wish } from "./wish";
import css from "./sharing.module.css";

type Props = { wish: Wish; onChange: (wish: Wish) => void };
type Given = Exclude<Right, "see" | "own">;

/** What they may do: a named set, or right by right (GR1). */
export function RightsField({ wish, onChange }: Props) {
  const given = givenRights(wish);
  const single = wish.rights.kind === "rights";
  const give = (rights: Right[]) => onChange({ ...wish, rights: { kind: "rights", rights } });
  return (
    <fieldset className={css.group}>
      <legend>{t("share.rights")}</legend>
      {PRESETS.map((preset) => (
        <Choice
          key={preset}
          name="rights"
          checked={wish.rights.kind === "preset" && wish.rights.preset === preset}
          onChoose={() => onChange({ ...wish, rights: { kind: "preset", preset } })}
        >
          {t(`preset.${preset}`)} <small className={css.note}>{t(`preset.${preset}.about`)}</small>
        </Choice>
      ))}
      <Choice name="rights" checked={single} onChoose={() => give(given)}>
        {t("preset.single")}
      </Choice>
      {single && (
        <div className={css.single}>
          {GIVEN.map((right) => (
            <Tick
              key={right}
              checked={given.includes(right)}
              onChange={(on) => give(on ? [...given, right] : given.filter((one) => one !== right))}
            >
              {t(`give.${right as Given}`)}
            </Tick>
          ))}
        </div>
      )}
      {wish.browser_guests && given.includes("approve") && <p className={css.note}>{t("share.browsers_never")}</p>}
    </fieldset>
  );
}
