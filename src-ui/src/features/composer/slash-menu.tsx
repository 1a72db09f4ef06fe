import { useEffect, useRef } from "react";
import { t, tn } from "../../messages/t";
import { cx } from "../../ui/cx";
import type { Slash } from "./use-slash";
import css from "./slash-menu.module.css";

/** What `/` offers, above the box: the agent's commands, then what the window itself can do. */
export function SlashMenu({ slash, agent }: { slash: Slash; agent: string }) {
  const { id, found, marked, mark, take } = slash;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView?.({ block: "nearest" });
  }, [marked, found]);
  const groups = [...new Set(found.map(({ group }) => group))];
  return (
    <>
      <span className="only-read-aloud" role="status">
        {found.length > 0 && tn("slash.found", found.length)}
      </span>
      {found.length > 0 && (
        <div ref={list} id={id} role="listbox" aria-label={t("slash.label")} className={css.menu}>
          {groups.map((group) => {
            const title = group === "agent" ? t("slash.agent", { agent }) : t("slash.own");
            return (
              <div key={group} role="group" aria-label={title}>
                <p className={css.group} aria-hidden>
                  {title}
                </p>
                {found.map((entry, at) =>
                  entry.group !== group ? null : (
                    <div
                      key={entry.id}
                      id={`${id}-${at}`}
                      role="option"
                      aria-selected={at === marked}
                      className={cx(css.entry, at === marked && css.marked)}
                      onPointerMove={() => at !== marked && mark(at)}
                      // The caret stays in the text.
                      onPointerDown={(event) => event.preventDefault()}
                      onClick={() => take(entry)}
                    >
                      <span className={css.name}>/{entry.name}</span>
                      <span className={css.about}>{entry.about}</span>
                      {entry.keys && <kbd>{entry.keys}</kbd>}
                    </div>
                  ),
                )}
              </div>
            );
          })}
          <p className={css.foot} aria-hidden>
            {t("slash.keys")}
          </p>
        </div>
      )}
    </>
  );
}
