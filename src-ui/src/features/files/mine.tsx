import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { CopyText } from "./copy-text";
import css from "./files.module.css";

type Props = { text: string; onTake: () => void; onLeave: () => void };

/** What this person had typed over an older state of the file, beside the newer one. */
export function Mine({ text, onTake, onLeave }: Props) {
  return (
    <section className={css.mine} aria-label={t("files.mine")}>
      <header className={css.bar}>
        <p className={css.state}>{t("files.mine")}</p>
        <CopyText label={t("files.copy_mine")} text={text} />
        <Button onClick={onTake}>{t("files.take_mine")}</Button>
        <Button onClick={onLeave}>{t("files.leave_mine")}</Button>
      </header>
      <pre className={css.mineText} tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}
