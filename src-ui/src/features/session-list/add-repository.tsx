import { t } from "../../messages/t";
import { Dialog } from "../../ui/dialog";
import { RepositoryForm } from "../../ui/repository-form";
import { useAddRepository } from "../../state/add-repository";

export function AddRepository({ onClose }: { onClose: () => void }) {
  const { add, busy } = useAddRepository();
  return (
    <Dialog title={t("repository.add")} onClose={onClose}>
      <RepositoryForm busy={busy} onAdd={async (path) => (await add(path)) && onClose()} onCancel={onClose} />
    </Dialog>
  );
}
