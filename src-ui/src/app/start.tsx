import { Welcome } from "../features/welcome/welcome";
import type { Directory } from "../gen/Directory";
import { t } from "../messages/t";
import { Empty } from "../ui/empty";

/** The place of a session while there is none. */
export function Start({ directory, owner }: { directory: Directory | null; owner: boolean }) {
  if (directory === null) return <Empty title={t("start.loading")} />;
  if (owner) return <Welcome directory={directory} />;
  return (
    <Empty title={t("start.guest")}>
      <p>{t("start.guest_todo")}</p>
    </Empty>
  );
}
