import { ImagePlus } from "lucide-react";
import type { RefObject } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import css from "./images.module.css";

type Props = { /** Whoever opens it otherwise. */ field: RefObject<HTMLInputElement | null>; onPick: (files: File[]) => void };

/** For whoever has no image to paste. */
export function PickImages({ field, onPick }: Props) {
  return (
    <>
      <input
        ref={field}
        className={css.field}
        type="file"
        multiple
        tabIndex={-1}
        aria-label={t("images.files")}
        accept="image/png,image/jpeg,image/gif,image/webp"
        onChange={(event) => {
          onPick([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <Button look="quiet" square aria-label={t("images.add")} title={t("images.add")} onClick={() => field.current?.click()}>
        <ImagePlus size={15} aria-hidden />
      </Button>
    </>
  );
}
