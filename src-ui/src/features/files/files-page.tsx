import { t } from "../../messages/t";
import { useReading } from "../../state/edits";
import { Empty } from "../../ui/empty";
import { isPicture } from "../../ui/picture-name";
import { FileLists } from "./file-lists";
import { FileView } from "./file-view";
import { PictureFile } from "./picture-file";
import { useLists } from "./use-lists";
import css from "./files.module.css";

/** The files of a workspace as they are now, and one of them to read. */
export default function FilesPage({ workspace }: { workspace: string }) {
  const lists = useLists(workspace);
  const [reading, read] = useReading(workspace);
  return (
    <div className={css.page} data-reading={reading !== null} {...lists.onComing}>
      <FileLists workspace={workspace} label={t("files.tree")} lists={lists} reading={reading} onRead={read} />
      <div className={css.reading}>
        {reading === null ? (
          <Empty title={t("files.choose")} />
        ) : isPicture(reading) ? (
          <PictureFile key={reading} workspace={workspace} path={reading} look={lists.look} onBack={() => read(null)} />
        ) : (
          <FileView
            key={reading}
            workspace={workspace}
            path={reading}
            look={lists.look}
            how={lists.changed.find(({ path }) => path === reading)?.how ?? null}
            mayEdit={lists.may.edit}
            onBack={() => read(null)}
            onWritten={lists.lookAgain}
          />
        )}
      </div>
    </div>
  );
}
