import { useState } from "react";
import type { ShareRow } from "../../gen/ShareRow";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { ShareForm } from "./share-form";
import { wishOf } from "./wish";

/** Takes effect at once, also for those inside (SH1). */
export function EditShare({ row, onDone }: { row: ShareRow; onDone: () => void }) {
  const [wish, setWish] = useState(() => wishOf(row.terms));
  const { attempt, busy, wrong } = useAttempt();
  return (
    <ShareForm
      wish={wish}
      onChange={setWish}
      busy={busy}
      wrong={wrong}
      send={t("save")}
      onCancel={onDone}
      onSend={async () => {
        if (await attempt({ method: "edit_share", params: { share: row.share, terms: wish } })) onDone();
      }}
    />
  );
}
