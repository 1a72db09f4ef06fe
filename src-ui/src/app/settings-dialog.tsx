import { HostSettings } from "../features/me/host-settings";
import { Leave } from "../features/me/leave";
import { MyDevices } from "../features/me/my-devices";
import { Name } from "../features/me/name";
import { Settings, type Setting } from "../features/settings/settings";
import { Appearance } from "../features/theme/appearance";
import type { Welcome } from "../gen/Welcome";
import { t } from "../messages/t";
import { Button } from "../ui/button";
import type { Overlay } from "./action";

type Props = { welcome: Welcome; onOverlay: (what: Overlay | null) => void };

/** What a person sets: how it looks, about themselves, and the owner about the host. */
export function SettingsDialog({ welcome, onOverlay }: Props) {
  const all: Setting[] = [
    { id: "look", title: t("settings.look"), words: t("settings.look_words"), node: <Appearance /> },
    { id: "you", title: t("you"), words: t("settings.you_words"), titled: true, node: <Name welcome={welcome} /> },
    ...(welcome.owner ? [{ id: "host", title: t("settings.host"), words: t("settings.host_words"), titled: true, node: <HostSettings /> }] : []),
    { id: "devices", title: t("settings.devices"), words: t("settings.devices_words"), titled: true, node: <MyDevices /> },
    {
      id: "more",
      title: t("settings.more"),
      words: t("settings.more_words"),
      node: (
        <div>
          <Button onClick={() => onOverlay("shortcuts")}>{t("shortcuts")}</Button>{" "}
          {welcome.owner && <Button onClick={() => onOverlay("agents")}>{t("providers")}</Button>}
        </div>
      ),
    },
    ...(welcome.owner ? [] : [{ id: "leave", title: t("me.leave_verb"), words: t("me.leave_verb"), titled: true, node: <Leave host={welcome.host_name} /> }]),
  ];
  return <Settings all={all} onClose={() => onOverlay(null)} />;
}
