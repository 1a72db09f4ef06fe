import { t } from "../../messages/t";
import type { LinkState } from "../../replica/types";
import { useRedial } from "../../state/index";
import { Button } from "../../ui/button";
import { Page } from "../../ui/page";
import { refusalWords } from "../../ui/refusal-words";
import { Sentence } from "../../ui/sentence";

type Refused = Extract<LinkState, { kind: "refused" }>;

/** The door stays shut until something changes: what happened, what is safe, what to do. */
export function RefusedPage({ link }: { link: Refused }) {
  const redial = useRedial();
  const { title, todo } = refusalWords(link.reason);
  return (
    <Page title={title}>
      {link.message && (
        <p>
          <Sentence text={link.message} />
        </p>
      )}
      <p>{todo}</p>
      <div>
        <Button onClick={redial}>{t("link.try_again")}</Button>
      </div>
    </Page>
  );
}
