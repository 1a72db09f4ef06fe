import { Ellipsis } from "lucide-react";
import { t } from "../../messages/t";
import type { OtherHost } from "../../state/hosts";
import { useRedial } from "../../state/index";
import { Button } from "../../ui/button";
import { Popover } from "../../ui/popover";
import css from "./hosts.module.css";

export type HostVerbs = { onForget: () => void; onSettings: () => void };

/** What can be done about another host. Forgetting asks first. */
export function HostMenu({ host, verbs }: { host: OtherHost; verbs: HostVerbs }) {
  const redial = useRedial();
  const { label } = host.row;
  const { kind } = host.link;
  return (
    <Popover
      label={t("hosts.menu", { host: label })}
      trigger={(props) => (
        <Button look="quiet" square className={css.add} aria-label={t("hosts.menu", { host: label })} {...props}>
          <Ellipsis size={14} aria-hidden />
        </Button>
      )}
    >
      {(close) => {
        const item = (words: string, run: () => void, look = css.item) => (
          <Button
            look="quiet"
            className={look}
            onClick={() => {
              close();
              run();
            }}
          >
            {words}
          </Button>
        );
        return (
          <div className={css.menu}>
            {kind === "retrying" && item(t("link.try_now"), redial)}
            {kind === "live" && item(t("hosts.settings"), verbs.onSettings)}
            {item(t("hosts.forget"), verbs.onForget, css.danger)}
          </div>
        );
      }}
    </Popover>
  );
}
