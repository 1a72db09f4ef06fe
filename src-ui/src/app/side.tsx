import type { ReactNode } from "react";
import { Me } from "../features/me/me";
import { AgentsButton } from "../features/providers/agents-button";
import type { Waiting } from "../features/session-list/needs-you";
import { SessionList } from "../features/session-list/session-list";
import { ThemeSwitch } from "../features/theme/theme-switch";
import type { Directory } from "../gen/Directory";
import type { SessionRow } from "../gen/SessionRow";
import type { Welcome } from "../gen/Welcome";
import { t } from "../messages/t";
import type { LinkState } from "../replica/types";
import { useNameNow } from "../state/my-name";
import { Mark } from "../ui/mark";
import { Shares } from "./shares";
import css from "./side.module.css";

type Props = {
  link: LinkState;
  welcome: Welcome | null;
  directory: Directory | null;
  current: SessionRow | null;
  waiting: readonly Waiting[];
  onOpen: (session: string) => void;
  elsewhere: (filter: string) => ReactNode;
};

/** Whose host this is, whether it is live, and the way to every session. */
export function Side({ link, welcome, directory, current, waiting, onOpen, elsewhere }: Props) {
  const owner = welcome?.owner ?? false;
  const name = useNameNow(welcome);
  return (
    <div className={css.side}>
      <header className={css.host}>
        <Mark />
        <div className={css.words}>
          <p className={css.name} title={welcome?.host_name}>
            {welcome?.host_name ?? t("app")}
          </p>
          <p className={css.about}>
            <span className={css.live} data-live={link.kind === "live"}>
              {link.kind === "live" ? t("host.live") : t("host.away")}
            </span>
            {welcome && !owner && ` · ${t("host.as", { name })}`}
            {welcome && owner && (
              <>
                {" · "}
                <Shares directory={directory} current={current} />
              </>
            )}
          </p>
        </div>
      </header>
      {directory ? (
        <SessionList
          directory={directory}
          current={current?.session ?? null}
          owner={owner}
          waiting={waiting}
          onOpen={onOpen}
          elsewhere={elsewhere}
        />
      ) : (
        <div className="grow" />
      )}
      <footer className={css.foot}>
        <ThemeSwitch />
        {owner && <AgentsButton />}
        {welcome && <Me welcome={welcome} />}
        <span className="grow" />
        {welcome && <span className={css.version}>{t("version", { version: welcome.version })}</span>}
      </footer>
    </div>
  );
}
