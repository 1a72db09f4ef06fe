import { Ellipsis } from "lucide-react";
import { use, useState, type ReactNode } from "react";
import { t } from "../../messages/t";
import type { Item } from "../../replica/types";
import { Button } from "../../ui/button";
import { cx } from "../../ui/cx";
import { Popover } from "../../ui/popover";
import { kindOf, OwnersSession, TakeBack } from "./take-back";
import css from "./take-back.module.css";

/** About going back to before an item. */
export type RewindQuestion = (onClose: () => void) => ReactNode;

type Props = { item: Item; /** `null` where there is no going back. */ rewind: RewindQuestion | null };

/** What can be done about one item: whoever may rewinds to before it, its owner takes back what was said in it. */
export function ItemMenu({ item, rewind }: Props) {
  const session = use(OwnersSession);
  const [asking, setAsking] = useState<"rewind" | "take_back" | null>(null);
  const { seq } = item;
  const kind = kindOf(item);
  if (!kind || item.takenBack) return null;
  const takes = session !== null && seq !== undefined;
  if (!takes && !rewind) return null;
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
          const ask = (what: "rewind" | "take_back") => () => {
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
      {asking === "take_back" && takes && <TakeBack session={session} seq={seq} kind={kind} onClose={onClose} />}
    </div>
  );
}
