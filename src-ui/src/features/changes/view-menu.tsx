import { SlidersHorizontal } from "lucide-react";
import { t } from "../../messages/t";
import { setTaste, useTaste } from "../../state/taste";
import { Button } from "../../ui/button";
import { Popover } from "../../ui/popover";
import { Tabs } from "../../ui/tabs";
import { Tick } from "../../ui/tick";
import css from "./changes.module.css";

/** How changes are shown, on this machine. */
export function ViewMenu() {
  const { split, wrap, whitespace } = useTaste();
  return (
    <Popover
      label={t("changes.view")}
      trigger={(props) => (
        <Button look="quiet" square aria-label={t("changes.view")} title={t("changes.view")} {...props}>
          <SlidersHorizontal size={15} aria-hidden />
        </Button>
      )}
    >
      {() => (
        <div className={css.menu}>
          <Tabs
            label={t("changes.view")}
            value={split ? "split" : "unified"}
            options={[
              ["unified", t("changes.unified")],
              ["split", t("changes.split")],
            ]}
            onChange={(view) => setTaste({ split: view === "split" })}
          />
          <Tick checked={wrap} onChange={(on) => setTaste({ wrap: on })}>
            {t("changes.wrap")}
          </Tick>
          <Tick checked={whitespace} onChange={(on) => setTaste({ whitespace: on })}>
            {t("changes.whitespace")}
          </Tick>
        </div>
      )}
    </Popover>
  );
}
