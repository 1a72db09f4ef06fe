import { t } from "../../messages/t";
import { Dialog } from "../../ui/dialog";
import { RepositoryForm } from "../../ui/repository-form";
import { useAddRepository } from "../../state/add-repository";

export function AddRepository({ onClose }: { onClose: () => void }) {
  const { add, busy, wrong } = useAddRepository();
  return (
    <Dialog title={t("repository.add")} onClose={onClose}>
      <RepositoryForm busy={busy} wrong={wrong} onAdd={async (path) => (await add(path)) && onClose()} onCancel={onClose} />
    </Dialog>
  );
}
