import { Ellipsis } from "lucide-react";
import { use, useState, type ReactNode } from "react";
import { t } from "../../messages/t";
import type { Item } from "../../replica/types";
import { Button } from "../../ui/button";
import { cx } from "../../ui/cx";
import { Popover } from "../../ui/popover";
import { kindOf, OwnersSession, TakeBack } from "./take-back";
import css from "./take-back.module.css";

export type Question = (onClose: () => void) => ReactNode;
/** Ways from before an item; each is `null` where there is none. */
export type Ways = { rewind: Question | null; fork: Question | null };

type Props = { item: Item; ways: Ways };

/** What can be done about one item: whoever may rewinds to before it, its owner forks from there and takes back what was said in it. */
export function ItemMenu({ item, ways: { rewind, fork } }: Props) {
  const session = use(OwnersSession);
  const [asking, setAsking] = useState<Asking | null>(null);
  const { seq } = item;
  const kind = kindOf(item);
  if (!kind || item.takenBack) return null;
  const takes = session !== null && seq !== undefined;
  if (!takes && !rewind && !fork) return null;
  const label = t("item.menu", { what: t(`taken_back.${kind}`) });
  const onClose = () => setAsking(null);
  return (
    <div className={css.menu}>
      <Popover
        label={label}
        trigger={(props) => (
          <Button look="quiet" square className={css.dots} aria-label={label} {...props}>
            <Ellipsis size={14} aria-hidden />
          </Button>
        )}
      >
        {(close) => {
          const ask = (what: Asking) => () => {
            close();
            setAsking(what);
          };
          return (
            <>
              {rewind && (
                <Button look="quiet" className={css.verb} onClick={ask("rewind")}>
                  {t("item.rewind")}
                </Button>
              )}
              {fork && (
                <Button look="quiet" className={css.verb} onClick={ask("fork")}>
                  {t("item.fork")}
                </Button>
              )}
              {takes && (
                <Button look="quiet" className={cx(css.verb, css.danger)} onClick={ask("take_back")}>
                  {t("item.take_back")}
                </Button>
              )}
            </>
          );
        }}
      </Popover>
      {asking === "rewind" && rewind?.(onClose)}
      {asking === "fork" && fork?.(onClose)}
      {asking === "take_back" && takes && <TakeBack session={session} seq={seq} kind={kind} onClose={onClose} />}
    </div>
  );
}

type Asking = "rewind" | "fork" | "take_back";
