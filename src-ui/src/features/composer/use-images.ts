import { useRef, useState } from "react";
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
  const now = useRef(all);
  const line = useRef(Promise.resolve());
  const become = (next: readonly Picked[]) => {
    now.current = next;
    setAll(next);
  };
  const take = async (file: File) => {
    const used = now.current.reduce((sum, one) => sum + one.bytes, 0);
    const one = now.current.length < MOST_IMAGES ? await picked(file, MOST_BYTES - used).catch(() => "kind" as const) : "many";
    if (typeof one === "string") addToast({ message: WORDS[one], hint: null, action: null });
    else become([...now.current, one]);
  };
  return {
    all,
    // One after the other: how much room one has depends on those before it.
    add: (files) => {
      for (const file of files) line.current = line.current.then(() => take(file));
    },
    remove: (id) => become(now.current.filter((one) => one.id !== id)),
    clear: () => become([]),
  };
}

/** Files among what was pasted or dropped. */
export const filesOf = (data: DataTransfer | null): File[] =>
  [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
