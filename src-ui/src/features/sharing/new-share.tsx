import { useState } from "react";
import type { Invited } from "../../gen/Invited";
import type { MintNotice } from "../../gen/MintNotice";
import { t } from "../../messages/t";
import { useAsked } from "../../state/asked";
import { useAttempt } from "../../state/attempt";
import { ShareForm } from "./share-form";
import { newWish, type Wish } from "./wish";

type Props = { workspace: string; onCancel: () => void; onMade: (invited: Invited, browsers: boolean, notices: readonly MintNotice[]) => void };

/** A share for the workspace in view; the host's settings say whether plans need everyone. */
export function NewShare({ workspace, onCancel, onMade }: Props) {
  const { answer } = useAsked({ method: "settings" }, "settings");
  const [changed, setChanged] = useState<Wish | null>(null);
  const { attempt, busy, wrong } = useAttempt();
  const wish = changed ?? newWish(workspace, answer?.settings ?? null);
  return (
    <ShareForm
      wish={wish}
      onChange={setChanged}
      busy={busy}
      wrong={wrong}
      send={t("share.make")}
      onCancel={onCancel}
      onSend={async () => {
        const reply = await attempt({ method: "mint_share", params: { terms: wish } });
        if (reply?.kind === "minted") onMade(reply.invite, wish.browser_guests, reply.notices);
      }}
    />
  );
}
