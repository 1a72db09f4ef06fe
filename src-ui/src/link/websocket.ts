import { ABNORMAL, type Connection, type Transport, type TransportEvents } from "./transport";

/** Newest first, as the host expects them (PA10). */
const SUB_PROTOCOLS = ["conclave.v1"];

/** `/ws` of the host that served this page, or `/peer/<key>`: through it, another host. */
export function webSocketTransport(page: Pick<Location, "protocol" | "host">, other?: string): Transport {
  const scheme = page.protocol === "https:" ? "wss" : "ws";
  const address = `${scheme}://${page.host}/${other === undefined ? "ws" : `peer/${other}`}`;
  return { open: (told) => open(address, told) };
}

function open(address: string, told: TransportEvents): Connection {
  const socket = new WebSocket(address, SUB_PROTOCOLS);
  socket.onopen = () => told.opened();
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }) => {
    if (typeof data === "string") told.frame(data);
    else told.bytes(new Uint8Array(data as ArrayBuffer));
  };
  socket.onclose = ({ code }) => told.closed(code || ABNORMAL);
  return {
    send: (text) => socket.send(text),
    sendBytes: (frame) => socket.send(frame as Uint8Array<ArrayBuffer>),
    close: () => socket.close(),
  };
}
