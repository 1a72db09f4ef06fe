import { t, tn } from "../../messages/t";
import { OptionKeys, Options } from "../../ui/options";
import type { SlashEntry } from "./slash";
import type { Offers } from "./use-offers";
import css from "./offers.module.css";

/** What `/` offers, above the box: the agent's commands, then what the window itself can do. */
export function SlashMenu({ slash, agent }: { slash: Offers<SlashEntry>; agent: string }) {
  const { id, found, marked, mark, take } = slash;
  return (
    <>
      <span className="only-read-aloud" role="status">
        {found.length > 0 && tn("slash.found", found.length)}
      </span>
      {found.length > 0 && (
        <Options
          id={id}
          label={t("slash.label")}
          className={css.menu}
          found={found}
          marked={marked}
          titleOf={({ group }) => (group === "agent" ? t("slash.agent", { agent }) : t("slash.own"))}
          onMark={mark}
          onTake={take}
          foot={<OptionKeys className={css.foot}>{t("offers.keys")}</OptionKeys>}
        >
          {(entry) => (
            <>
              <span className={css.name}>/{entry.name}</span>
              <span className={css.about}>{entry.about}</span>
              {entry.keys && <kbd>{entry.keys}</kbd>}
            </>
          )}
        </Options>
      )}
    </>
  );
}
