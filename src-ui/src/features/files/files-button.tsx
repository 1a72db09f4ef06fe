import { Files } from "lucide-react";
import { t } from "../../messages/t";
import { useOpenFiles } from "../../state/files";
import { Button } from "../../ui/button";

/** To the workspace's files as they are now. */
export function FilesButton({ workspace }: { workspace: string }) {
  const show = useOpenFiles();
  return (
    <Button look="quiet" square aria-label={t("files")} title={t("files")} onClick={() => show(workspace)}>
      <Files size={16} aria-hidden />
    </Button>
  );
}
