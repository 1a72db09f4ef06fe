import { useState } from "react";
import { t } from "../../messages/t";
import { askForRepository, useAdding, type Adding } from "../../state/adding";
import { useAddRepository } from "../../state/add-repository";
import { dropClone, useClone } from "../../state/clones";
import { Dialog } from "../../ui/dialog";
import { RepositoryForm } from "../../ui/repository-form";
import { NO_SOURCE, type Source } from "../../ui/source";

/** Which repository to add, wherever the owner came from. */
export function AddRepository() {
  const adding = useAdding();
  return adding && <AddDialog key={adding.again?.id} again={adding.again} onClose={() => askForRepository(null)} />;
}

function AddDialog({ again, onClose }: Adding & { onClose: () => void }) {
  const adding = useAddRepository();
  const cloning = useClone();
  const [tried, setTried] = useState<Source["how"] | null>(null);
  const send = async ({ how, path, from, into }: Source) => {
    setTried(how);
    if (again) dropClone(again.id);
    const added = how === "folder" ? await adding.add(path.trim()) : await cloning.clone(from.trim(), into.trim());
    if (added) onClose();
  };
  const begun = again ? { ...NO_SOURCE, how: "clone" as const, from: again.from, into: again.into } : NO_SOURCE;
  const wrongs = { folder: adding.wrong, clone: cloning.wrong };
  const busy = adding.busy || cloning.busy;
  return (
    <Dialog title={t("repository.add")} onClose={onClose}>
      <RepositoryForm
        begun={begun}
        busy={busy}
        wrong={tried === null ? (again?.wrong ?? null) : wrongs[tried]}
        onAdd={(source) => void send(source)}
        onCancel={onClose}
      />
    </Dialog>
  );
}
