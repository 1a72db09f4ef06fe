import { useState } from "react";
import type { ChangedFile } from "../../gen/ChangedFile";
import type { ChangesSince } from "../../gen/ChangesSince";
import { t } from "../../messages/t";
import { useBothSides } from "../../state/both-sides";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/empty";
import { PictureSide } from "../../ui/picture-side";
import { Wrong } from "../../ui/wrong";
import css from "./picture-change.module.css";

type Props = { workspace: string; since: ChangesSince; file: ChangedFile };

/** A changed picture as it was beside as it is (FI9). */
export function PictureChange({ workspace, since, file }: Props) {
  const { sides, wrong, again } = useBothSides(workspace, since, file);
  const [actual, setActual] = useState(false);
  if (wrong) {
    return (
      <div className={css.refused}>
        <p>{t("changes.picture_refused")}</p>
        <Wrong wrong={wrong} />
        <Button onClick={again}>{t("again")}</Button>
      </div>
    );
  }
  if (!sides) return <Empty title={t("changes.picture_loading")} />;
  const { before, after } = sides;
  if (before && before.url === after?.url) {
    return (
      <div className={css.pane}>
        <div className={css.sides}>
          <PictureSide label={t("changes.now")} path={file.path} picture={after} none="" about={t("changes.picture_same")} actual={actual} onActual={setActual} />
        </div>
      </div>
    );
  }
  return (
    <div className={css.pane}>
      <div className={css.sides}>
        <PictureSide label={t("changes.before")} path={file.moved_from ?? file.path} picture={before} none={t("changes.picture_none_before")} actual={actual} onActual={setActual} />
        <PictureSide label={t("changes.now")} path={file.path} picture={after} none={t("changes.picture_none_now")} actual={actual} onActual={setActual} />
      </div>
    </div>
  );
}
