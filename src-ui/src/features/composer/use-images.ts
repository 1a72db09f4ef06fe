import { useMemo, useRef } from "react";
import { t } from "../../messages/t";
import { getDraft, useDraft } from "../../state/taste";
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

/** The images that will go with the prompt, by its room's key. They are part of the draft. */
export function useImages(room: string): Images {
  const key = `${room}.images`;
  const [kept, keep] = useDraft(key);
  const all = useMemo(() => read(kept), [kept]);
  const line = useRef(Promise.resolve());
  // From what is kept now: one may come after the tab was left.
  const become = (change: (now: readonly Picked[]) => readonly Picked[]) => {
    const next = change(read(getDraft(key)));
    keep(next.length === 0 ? "" : JSON.stringify(next));
  };
  const take = async (file: File) => {
    const now = read(getDraft(key));
    const used = now.reduce((sum, one) => sum + one.bytes, 0);
    const one = now.length < MOST_IMAGES ? await picked(file, MOST_BYTES - used).catch(() => "kind" as const) : "many";
    if (typeof one === "string") addToast({ message: WORDS[one], hint: null, action: null });
    else become((kept) => [...kept, one]);
  };
  return {
    all,
    // One after the other: how much room one has depends on those before it.
    add: (files) => {
      for (const file of files) line.current = line.current.then(() => take(file));
    },
    remove: (id) => become((now) => now.filter((one) => one.id !== id)),
    clear: () => keep(""),
  };
}

/** Files among what was pasted or dropped. */
export const filesOf = (data: DataTransfer | null): File[] =>
  [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));

function read(kept: string): readonly Picked[] {
  try {
    const all: unknown = JSON.parse(kept === "" ? "[]" : kept);
    return Array.isArray(all) ? all.filter(isPicked) : [];
  } catch {
    return [];
  }
}

function isPicked(one: unknown): one is Picked {
  const { id, url, bytes } = (one ?? {}) as Partial<Picked>;
  return typeof id === "string" && typeof bytes === "number" && typeof url === "string" && url.startsWith("data:image/");
}
