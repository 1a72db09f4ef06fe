import { t } from "../../messages/t";
import { useReading } from "../../state/edits";
import { useOpenFiles } from "../../state/files";
import { FileLists } from "./file-lists";
import { useLists } from "./use-lists";
import css from "./files.module.css";

type Props = { workspace: string; /** A file was opened in the middle. */ onLeft: () => void };

/** The files of a workspace beside what is read; one that is pressed is read in the middle. */
export default function FilesAside({ workspace, onLeft }: Props) {
  const lists = useLists(workspace);
  const [reading, read] = useReading(workspace);
  const show = useOpenFiles();
  return (
    <div className={css.aside} {...lists.onComing}>
      <FileLists
        workspace={workspace}
        label={t("files.aside")}
        lists={lists}
        reading={reading}
        onRead={(path) => {
          read(path);
          show(workspace);
          onLeft();
        }}
      />
    </div>
  );
}
