import { useState } from "react";
import { t } from "../messages/t";
import { sizeOf } from "./size";
import css from "./picture-side.module.css";

type Props = {
  label: string;
  path: string;
  picture: { url: string; bytes: number } | null;
  /** What is said where there is none. */
  none: string;
  about?: string;
  /** Pixel for pixel, not fitted in. */
  actual: boolean;
  onActual: (actual: boolean) => void;
};

/** A picture, or one side of a changed one, with how large it is. */
export function PictureSide({ label, path, picture, none, about, actual, onActual }: Props) {
  const [size, setSize] = useState<Size | "broken" | null>(null);
  const broken = size === "broken";
  return (
    <figure className={css.side} aria-label={label}>
      <figcaption className={css.caption}>
        <strong>{label}</strong>
        {picture && size && !broken && <span>{t("changes.picture_pixels", size)}</span>}
        {picture && <span>{sizeOf(picture.bytes)}</span>}
        {about && <span>{about}</span>}
      </figcaption>
      {!picture && <p className={css.none}>{none}</p>}
      {picture && broken && <p className={css.none}>{t("changes.picture_broken")}</p>}
      {picture && !broken && (
        <div className={css.room} data-actual={actual}>
          <button type="button" className={css.picture} aria-pressed={actual} title={t("changes.picture_actual")} onClick={() => onActual(!actual)}>
            <img
              src={picture.url}
              alt={`${label}: ${path}`}
              onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })}
              onError={() => setSize("broken")}
            />
          </button>
        </div>
      )}
    </figure>
  );
}

type Size = { width: number; height: number };
