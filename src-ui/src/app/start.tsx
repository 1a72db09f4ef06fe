import { Welcome } from "../features/welcome/welcome";
import type { Directory } from "../gen/Directory";
import { t } from "../messages/t";
import { Empty } from "../ui/empty";

/** The place of a session while there is none. */
export function Start({ directory, owner }: { directory: Directory | null; owner: boolean }) {
  if (directory === null) return <Empty title={t("start.loading")} />;
  if (owner && directory.repositories.length === 0) return <Welcome />;
  return (
    <Empty title={owner ? t("start.owner") : t("start.guest")}>
      <p>{owner ? t("start.owner_todo") : t("start.guest_todo")}</p>
    </Empty>
  );
}
