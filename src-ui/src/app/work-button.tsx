import { FileDiff, Files, FolderOpen } from "lucide-react";
import { t } from "../messages/t";
import { useOpenChanges } from "../state/changes";
import { useOpenFiles } from "../state/files";
import { Button } from "../ui/button";
import { Popover } from "../ui/popover";
import css from "./session-menu.module.css";

/** Where there is no room for a button each: the ways to a workspace's changes and files. */
export function WorkButton({ workspace }: { workspace: string }) {
  const [toChanges, toFiles] = [useOpenChanges(), useOpenFiles()];
  return (
    <Popover
      label={t("files.work")}
      trigger={(props) => (
        <Button look="quiet" square aria-label={t("files.work")} title={t("files.work")} {...props}>
          <FolderOpen size={16} aria-hidden />
        </Button>
      )}
    >
      {() => (
        <div className={css.menu}>
          <Button look="quiet" className={css.item} onClick={() => toChanges(workspace)}>
            <FileDiff size={16} aria-hidden /> {t("changes")}
          </Button>
          <Button look="quiet" className={css.item} onClick={() => toFiles(workspace)}>
            <Files size={16} aria-hidden /> {t("files")}
          </Button>
        </div>
      )}
    </Popover>
  );
}
