import { X } from "lucide-react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import type { Images } from "./use-images";
import css from "./images.module.css";

/** What goes along, each with a way to leave it out. */
export function ImageChips({ images: { all, remove } }: { images: Images }) {
  if (all.length === 0) return null;
  return (
    <ul role="list" className={css.chips} aria-label={t("images.label")}>
      {all.map((one, at) => (
        <li key={one.id} className={css.chip}>
          <img src={one.url} alt={t("images.nth", { n: at + 1 })} />
          <Button look="quiet" square aria-label={t("images.remove", { n: at + 1 })} onClick={() => remove(one.id)}>
            <X size={13} aria-hidden />
          </Button>
        </li>
      ))}
    </ul>
  );
}
