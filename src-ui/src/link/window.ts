import { Channel, invoke } from "@tauri-apps/api/core";
import { ABNORMAL, type Connection, type Transport, type TransportEvents } from "./transport";

/** The desktop window: the same frames through one command, answers through a channel. */
export const windowTransport: Transport = { open };

function open(told: TransportEvents): Connection {
  let over = false;
  const lost = (): void => {
    if (over) return;
    over = true;
    told.closed(ABNORMAL);
  };
  const channel = new Channel<string>();
  channel.onmessage = (text) => {
    if (!over) told.frame(text);
  };
  invoke("call", { channel }).then(() => over || told.opened(), lost);
  return {
    send: (frame) => void invoke("call", { frame }).catch(lost),
    close: lost,
  };
}
