import { useState, type ReactNode } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { matching } from "../../ui/matching";
import css from "./settings.module.css";

export type Setting = { id: string; title: string; /** By what else it is found. */ words: string; node: ReactNode; /** What is in it has titles of its own. */ titled?: boolean };
type Props = { all: readonly Setting[]; onClose: () => void };

/** Everything that can be set, and a way to find it. */
export function Settings({ all, onClose }: Props) {
  const [looked, setLooked] = useState("");
  const found = new Set(matching(all, looked, ({ title, words }) => `${title} ${words}`));
  return (
    <Dialog title={t("me")} onClose={onClose} wide>
      <Field
        type="search"
        aria-label={t("settings.find")}
        placeholder={t("settings.find")}
        value={looked}
        onChange={(event) => setLooked(event.target.value)}
      />
      <div className={css.all}>
        {all.map((setting) => (
          <section key={setting.id} aria-label={setting.title} className={css.part} hidden={!found.has(setting)}>
            {!setting.titled && <h3 className={css.title}>{setting.title}</h3>}
            <div className={css.body}>{setting.node}</div>
          </section>
        ))}
        {found.size === 0 && <p className={css.none}>{t("settings.none")}</p>}
      </div>
      <div className={css.verbs}>
        <Button look="primary" onClick={onClose}>
          {t("done")}
        </Button>
      </div>
    </Dialog>
  );
}
