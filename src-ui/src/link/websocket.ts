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
  socket.onmessage = ({ data }) => {
    if (typeof data === "string") told.frame(data);
  };
  socket.onclose = ({ code }) => told.closed(code || ABNORMAL);
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
}
