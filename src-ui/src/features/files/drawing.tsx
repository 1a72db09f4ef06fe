import { useMemo, useState } from "react";
import { t } from "../../messages/t";
import { PictureSide } from "../../ui/picture-side";
import css from "./files.module.css";

/** The picture that a text draws. As an image it runs no script and loads nothing. */
export function Drawing({ path, text }: { path: string; text: string }) {
  const [actual, setActual] = useState(false);
  const picture = useMemo(() => ({ url: `data:image/svg+xml,${encodeURIComponent(text)}`, bytes: new TextEncoder().encode(text).length }), [text]);
  return (
    <div className={css.picture}>
      <PictureSide key={picture.url} label={t("files.picture")} path={path} picture={picture} none="" actual={actual} onActual={setActual} />
    </div>
  );
}
