import { t, type Key } from "../../messages/t";
import { en } from "../../messages/en";
import type { LinkState } from "../../replica/types";
import { useRedial } from "../../state/index";
import { Button } from "../../ui/button";
import { Page } from "../../ui/page";
import { Sentence } from "../../ui/sentence";

type Refused = Extract<LinkState, { kind: "refused" }>;

/** The door stays shut until something changes: what happened, what is safe, what to do. */
export function RefusedPage({ link }: { link: Refused }) {
  const redial = useRedial();
  const title = `refused.${link.reason}`;
  const todo = `refused.${link.reason}.todo`;
  return (
    <Page title={title in en ? t(title as "refused.unknown") : t("refused.unknown")}>
      {link.message && (
        <p>
          <Sentence text={link.message} />
        </p>
      )}
      <p>{todo in en ? t(todo as Key as "refused.todo") : t("refused.todo")}</p>
      <div>
        <Button onClick={redial}>{t("link.try_again")}</Button>
      </div>
    </Page>
  );
}
