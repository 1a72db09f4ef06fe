import { FileDiff } from "lucide-react";
import { t } from "../../messages/t";
import { useOpenChanges } from "../../state/changes";
import { Button } from "../../ui/button";

/** To what became of the workspace's files. */
export function ChangesButton({ workspace }: { workspace: string }) {
  const show = useOpenChanges();
  return (
    <Button look="quiet" square aria-label={t("changes")} title={t("changes")} onClick={() => show(workspace)}>
      <FileDiff size={16} aria-hidden />
    </Button>
  );
}
