import { useState } from "react";
import { t } from "../../messages/t";
import { addToast } from "../../state/toasts";
import { MOST_BYTES, MOST_IMAGES, picked, type Picked, type WhyNot } from "./shrink";

export type Images = {
  all: readonly Picked[];
  add: (files: readonly File[]) => void;
  remove: (id: string) => void;
  clear: () => void;
};

const WORDS: Record<WhyNot, string> = {
  kind: t("images.wrong_kind"),
  large: t("images.too_large"),
  many: t("images.too_many", { most: MOST_IMAGES }),
};

/** The images that will go with the prompt. They are not kept as a draft. */
export function useImages(): Images {
  const [all, setAll] = useState<readonly Picked[]>([]);
  const add = async (files: readonly File[]) => {
    let now = all;
    for (const file of files) {
      const used = now.reduce((sum, one) => sum + one.bytes, 0);
      const one = now.length < MOST_IMAGES ? await picked(file, MOST_BYTES - used) : "many";
      if (typeof one === "string") addToast({ message: WORDS[one], hint: null, action: null });
      else now = [...now, one];
    }
    setAll(now);
  };
  return {
    all,
    add: (files) => void add(files),
    remove: (id) => setAll(all.filter((one) => one.id !== id)),
    clear: () => setAll([]),
  };
}

/** Files among what was pasted or dropped. */
export const filesOf = (data: DataTransfer | null): File[] =>
  [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
