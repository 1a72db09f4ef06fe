import { Channel, invoke } from "@tauri-apps/api/core";
import { ABNORMAL, type Connection, type Transport, type TransportEvents } from "./transport";

/** The desktop window: the same frames through one command, answers through a channel; `host` is another one. */
export function windowTransport(host?: string): Transport {
  const to = host === undefined ? {} : { host };
  return { open: (told) => open(to, told) };
}

function open(to: { host?: string }, told: TransportEvents): Connection {
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
  invoke("call", { channel, ...to }).then(() => over || told.opened(), lost);
  return {
    send: (frame) => void invoke("call", { frame, ...to }).catch(lost),
    close: lost,
  };
}
