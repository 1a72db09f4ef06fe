import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import css from "./shortcuts.module.css";

/** What a key does. */
export type KeyLine = { words: string; keys: string };
type Props = { groups: readonly { title: string; lines: readonly KeyLine[] }[]; onClose: () => void };

/** Every shortcut, as it stands on this keyboard. */
export function Shortcuts({ groups, onClose }: Props) {
  return (
    <Dialog title={t("shortcuts")} onClose={onClose} wide>
      <div className={css.groups}>
        {groups.map(({ title, lines }) => (
          <section key={title} aria-label={title}>
            <h3 className={css.title}>{title}</h3>
            <dl className={css.lines}>
              {lines.map(({ words, keys }) => (
                <div key={words} className={css.line}>
                  <dt>{words}</dt>
                  <dd>
                    <kbd>{keys}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className={css.verbs}>
        <Button autoFocus look="primary" onClick={onClose}>
          {t("done")}
        </Button>
      </div>
    </Dialog>
  );
}
