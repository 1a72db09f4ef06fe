import { t } from "../messages/t";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Empty } from "../ui/empty";
import css from "./broken-part.module.css";

type Props = { error: unknown; onAgain: () => void };

/** In the place of what broke: what is safe, and the ways on. */
export function BrokenPart({ error, onAgain }: Props) {
  const said = error instanceof Error ? error.message : String(error);
  return (
    <div className={css.broken} role="alert" aria-label={t("broken.title")}>
      <Empty title={t("broken.title")}>
        <p>{t("broken.about")}</p>
        <code className={css.said}>{said}</code>
        <div className={css.verbs}>
          <Button look="primary" onClick={onAgain}>
            {t("again")}
          </Button>
          <Button onClick={() => location.reload()}>{t("broken.reload")}</Button>
          <CopyButton text={() => (error instanceof Error && error.stack) || said} label={t("broken.copy")} />
        </div>
      </Empty>
    </div>
  );
}
