import { t } from "../../messages/t";
import type { LinkState } from "../../replica/types";
import { useDoor } from "../../state/door";
import { useRedial } from "../../state/index";
import { Button } from "../../ui/button";
import { CopyLine } from "../../ui/copy-line";
import { refusalWords } from "../../ui/refusal-words";
import { Sentence } from "../../ui/sentence";
import { DoorPage } from "./door-page";
import css from "./door.module.css";

type Refused = Extract<LinkState, { kind: "refused" }>;

/** The door stays shut until something changes: what happened, what is safe, what to do. */
export function RefusedPage({ link }: { link: Refused }) {
  // Nobody refuses the owner: there is no host behind the window.
  const shut = useDoor() === null && link.reason === "refused";
  const { title, todo, said } = refusalWords(shut ? "shut" : link.reason);
  return (
    <DoorPage title={title}>
      {link.message && !said && (
        <p>
          <Sentence text={link.message} />
        </p>
      )}
      <p>{todo}</p>
      {link.reason === "no_credential" && <CopyLine label={t("refused.command")} text="conclave open" />}
      <WayOut reason={link.reason} />
    </DoorPage>
  );
}

/** Another version of the page comes with a reload; a knock or a redial does for the rest. */
function WayOut({ reason }: { reason: Refused["reason"] }) {
  const redial = useRedial();
  switch (reason) {
    case "no_invite":
    case "no_credential":
      return null;
    case "version":
    case "bad_frame":
      return (
        <div className={css.out}>
          <Button look="primary" onClick={() => window.location.reload()}>
            {t("link.reload")}
          </Button>
        </div>
      );
    default:
      return (
        <div className={css.out}>
          <Button onClick={redial}>{t("link.try_again")}</Button>
        </div>
      );
  }
}
