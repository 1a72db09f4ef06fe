import { Bot, Settings } from "lucide-react";
import type { ReactNode } from "react";
import type { Wanting } from "../features/session-list/attention";
import { SessionList } from "../features/session-list/session-list";
import { ThemeSwitch } from "../features/theme/theme-switch";
import type { Directory } from "../gen/Directory";
import type { SessionRow } from "../gen/SessionRow";
import type { Welcome } from "../gen/Welcome";
import { t } from "../messages/t";
import type { LinkState } from "../replica/types";
import { printed } from "../state/keys";
import { useNameNow } from "../state/my-name";
import { Button } from "../ui/button";
import { Mark } from "../ui/mark";
import type { Overlay } from "./action";
import { Shares } from "./shares";
import css from "./side.module.css";

type Props = {
  link: LinkState;
  welcome: Welcome | null;
  directory: Directory | null;
  current: SessionRow | null;
  wanting: Wanting;
  onOpen: (session: string) => void;
  onOverlay: (what: Overlay) => void;
  elsewhere: (filter: string) => ReactNode;
};

/** Whose host this is, whether it is live, and the way to every session. */
export function Side({ link, welcome, directory, current, wanting, onOpen, onOverlay, elsewhere }: Props) {
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
          <div className={css.about}>
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
          </div>
        </div>
      </header>
      <button type="button" className={css.find} onClick={() => onOverlay("palette")}>
        <span>{t("palette")}</span>
        <kbd>{printed("Mod+K")}</kbd>
      </button>
      {directory ? (
        <SessionList
          directory={directory}
          current={current?.session ?? null}
          owner={owner}
          wanting={wanting}
          onOpen={onOpen}
          elsewhere={elsewhere}
        />
      ) : (
        <div className="grow" />
      )}
      <footer className={css.foot}>
        <ThemeSwitch />
        {owner && <Way label={t("providers")} icon={<Bot size={15} aria-hidden />} onClick={() => onOverlay("agents")} />}
        {welcome && <Way label={t("me")} icon={<Settings size={15} aria-hidden />} onClick={() => onOverlay("settings")} />}
        <span className="grow" />
        {welcome && <span className={css.version}>{t("version", { version: welcome.version })}</span>}
      </footer>
    </div>
  );
}

function Way({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <Button look="quiet" square aria-label={label} title={label} aria-haspopup="dialog" onClick={onClick}>
      {icon}
    </Button>
  );
}
