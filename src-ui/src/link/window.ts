import { Channel, invoke } from "@tauri-apps/api/core";
import { armour, unarmour } from "./terminal-frames";
import { ABNORMAL, type Connection, type Transport, type TransportEvents } from "./transport";

/** The desktop window: the same frames through one command, answers through a channel; `host` is another one. */
export function windowTransport(host?: string): Transport {
  const to = host === undefined ? {} : { host };
  return { open: (told) => open(to, told) };
}

function open(to: { host?: string }, told: TransportEvents): Connection {
  let over = false;
  let open = false;
  const lost = (): void => {
    if (over) return;
    over = true;
    told.closed(ABNORMAL);
  };
  const channel = new Channel<string>();
  channel.onmessage = (text) => {
    if (over) return;
    const bytes = unarmour(text);
    if (bytes) told.bytes(bytes);
    else told.frame(text);
  };
  // By its channel, so that a later connection to the same host is never the one that ends.
  const hangUp = (): void => {
    if (open) invoke("call", { over: channel.id, ...to }).catch(() => undefined);
    open = false;
  };
  invoke("call", { channel, ...to }).then(() => {
    open = true;
    if (over) hangUp();
    else told.opened();
  }, lost);
  const send = (frame: string): void => void invoke("call", { frame, ...to }).catch(lost);
  return {
    send,
    sendBytes: (frame) => send(armour(frame)),
    close: () => {
      lost();
      hangUp();
    },
  };
}
