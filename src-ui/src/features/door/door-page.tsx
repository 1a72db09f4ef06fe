import { useEffect, type ReactNode } from "react";
import { t } from "../../messages/t";
import { useDoor } from "../../state/door";
import { Page } from "../../ui/page";

/** A page before one is in, or after: it says which host it is about as soon as that is known. */
export function DoorPage({ title, children }: { title: string; children: ReactNode }) {
  const door = useDoor();
  useEffect(() => {
    document.title = t("tab.session", { title });
  }, [title]);
  return (
    <Page title={title} about={door && t("door.host", { address: door.address })}>
      {children}
    </Page>
  );
}
