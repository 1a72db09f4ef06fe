import type { Directory } from "../../gen/Directory";
import type { ForkOffer } from "../../gen/ForkOffer";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { Button } from "../../ui/button";
import css from "./door.module.css";

/** Whether a fork of a shared workspace is shared too: asked once (SH8). */
export function ForkOffers({ directory }: { directory: Directory }) {
  return directory.fork_offers.map((offer) => <Offer key={offer.fork} offer={offer} directory={directory} />);
}

function Offer({ offer, directory }: { offer: ForkOffer; directory: Directory }) {
  const { act, busy } = useAct();
  const name = (id: string) => directory.workspaces.find((one) => one.workspace === id)?.name ?? id;
  const answer = (share: boolean) => act({ method: "answer_fork_offer", params: { fork: offer.fork, share } });
  return (
    <div className={css.knock} role="alert">
      <p>
        <b>{t("fork.title", { fork: name(offer.fork), source: name(offer.source) })}</b>{" "}
        <span>{t("fork.shares", { shares: offer.share_labels.join(", ") })}</span>
      </p>
      <div className={css.verbs}>
        <Button disabled={busy} onClick={() => answer(false)}>
          {t("fork.keep")}
        </Button>
        <Button look="primary" disabled={busy} onClick={() => answer(true)}>
          {t("fork.share")}
        </Button>
      </div>
    </div>
  );
}
