import { createRoot } from "react-dom/client";
import { App } from "../../src/app/app";
import { Link, type Credentials, type Transport } from "../../src/link";
import { StoreProvider } from "../../src/state";
import { DoorProvider } from "../../src/state/door";
import { Hosts } from "../../src/state/hosts";
import { openBeside, openSession } from "../../src/state/open-session";
import { HostsProvider } from "../../src/state/other-hosts";
import { Store } from "../../src/state/store";
import { setTaste } from "../../src/state/taste";
import type { FromHost, ToHost } from "./frames";

declare global {
  /** What the benchmark asks of the page. */
  var bench: {
    open: typeof openSession;
    beside: typeof openBeside;
    /** Settles when the host has done it. */
    play: (asked: Extract<ToHost, { play: unknown }>["play"]) => Promise<void>;
  };
}

// The real link over text frames. Their other end is a thread of its own, as a socket's is, so that this page's thread
// does nothing but what it does in the product.
const host = new Worker(new URL("./host.worker.ts", import.meta.url), { type: "module" });
const tell = (told: ToHost): void => host.postMessage(told);
let played = (): void => undefined;

const transport: Transport = {
  open(told) {
    host.onmessage = ({ data }: MessageEvent<FromHost>) => {
      if ("frame" in data) return told.frame(data.frame);
      if ("played" in data) return played();
      tell({ seen: data.ask });
    };
    queueMicrotask(() => told.opened());
    return { send: (frame) => tell({ frame }), sendBytes: () => undefined, close: () => undefined };
  },
};
const credentials: Credentials = {
  way: () => ({ kind: "device", credential: "bench" }),
  welcomed: () => undefined,
  failed: () => false,
  named: () => undefined,
  sentAway: () => undefined,
};

globalThis.bench = {
  open: openSession,
  beside: openBeside,
  play: (play) =>
    new Promise((done) => {
      played = done;
      tell({ play });
    }),
};

setTaste({ theme: "light", people: false });
const link = new Link({ transport, credentials, client: "bench" });
const store = new Store(link);
const hosts = new Hosts(link, () => link);
const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StoreProvider value={store}>
      <HostsProvider value={hosts}>
        <DoorProvider value={null}>
          <App />
        </DoorProvider>
      </HostsProvider>
    </StoreProvider>,
  );
link.start();
