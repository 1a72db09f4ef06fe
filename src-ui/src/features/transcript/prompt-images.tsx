import { useState } from "react";
import type { PromptImage } from "../../gen/PromptImage";
import { t } from "../../messages/t";
import { useImage } from "../../state/image";
import css from "../../ui/pictures.module.css";

/** What a person showed the agent, for whoever may see the prompt (TU11). */
export function PromptImages({ session, images }: { session: string; images: readonly PromptImage[] }) {
  if (images.length === 0) return null;
  return (
    <div className={css.pictures}>
      {images.map((image, at) => (
        <Picture key={`${at} ${image.blob}`} session={session} image={image} n={at + 1} />
      ))}
    </div>
  );
}

function Picture({ session, image, n }: { session: string; image: PromptImage; n: number }) {
  const [large, setLarge] = useState(false);
  const shown = useImage(session, image);
  if (shown.kind === "gone") return <span className={css.gone}>{t("images.gone")}</span>;
  if (shown.kind === "loading") return <span className={css.gone}>{t("images.loading")}</span>;
  return (
    <button type="button" className={css.picture} aria-expanded={large} onClick={() => setLarge(!large)}>
      <img src={shown.url} alt={t("images.nth", { n })} />
    </button>
  );
}
