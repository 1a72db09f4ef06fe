import { useState } from "react";
import { t } from "../../messages/t";
import { usePicture } from "../../state/picture";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/empty";
import { PictureSide } from "../../ui/picture-side";
import { Wrong } from "../../ui/wrong";
import { FileHead } from "./file-head";
import { useAgain } from "./use-again";
import css from "./files.module.css";

type Props = { workspace: string; path: string; /** Counts up when it is to be got again. */ look: number; onBack: () => void };

/** A picture among the files, as it is now (FI12). */
export function PictureFile({ workspace, path, look, onBack }: Props) {
  const { picture, wrong, again } = usePicture(workspace, path);
  const [actual, setActual] = useState(false);
  useAgain(look, again);
  return (
    <section className={css.file} aria-label={path}>
      <FileHead workspace={workspace} path={path} wraps={false} change={null} drawn={null} onBack={onBack} onEdit={null} />
      {wrong ? (
        <div className={css.refused}>
          <p>{t("changes.picture_refused")}</p>
          <Wrong wrong={wrong} />
          <Button onClick={again}>{t("again")}</Button>
          <Button onClick={onBack}>{t("files.another")}</Button>
        </div>
      ) : picture ? (
        <div className={css.picture}>
          <PictureSide key={picture.url} label={t("files.picture")} path={path} picture={picture} none="" actual={actual} onActual={setActual} />
        </div>
      ) : (
        <Empty title={t("changes.picture_loading")} />
      )}
    </section>
  );
}
