import { isTauri } from "@tauri-apps/api/core";
import { windowCredentials, type Credentials, type Page } from "./credentials";
import { deviceName } from "./device";
import { elsewhere } from "./elsewhere";
import { guestPage } from "./guest-page";
import { keepOf } from "./keep";
import { Link } from "./link";
import { ownerPage } from "./owner-page";
import type { Transport } from "./transport";
import { webSocketTransport } from "./websocket";
import { windowTransport } from "./window";

export type Links = {
  /** To the host of the place this page runs in: the desktop window, the owner's page or a guest's. */
  own: Link;
  /** To another host that the owner has joined, through their own. */
  to: (host: string) => Link;
};

export function linksOfThisPage(): Links {
  const client = deviceName(navigator.userAgent);
  const made: Link[] = [];
  const link = (transport: Transport, credentials: Credentials): Link => {
    const one = new Link({ transport, credentials, client });
    made.push(one);
    return one;
  };
  const wake = (): void => made.forEach((one) => one.wake());
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") wake();
  });
  const { transport, credentials, local } = thisPlace();
  return { own: link(transport(), credentials), to: (host) => link(transport(host), elsewhere(host, credentials, local)) };
}

type Place = { transport: (other?: string) => Transport; credentials: Credentials; local: Page["local"] };

function thisPlace(): Place {
  const page = thisPage();
  const { local } = page;
  if (isTauri()) return { transport: windowTransport, credentials: windowCredentials, local };
  // Guests come over TLS only; plain HTTP is the owner's loopback page.
  const credentials = window.location.protocol === "https:" ? guestPage(page) : ownerPage(page);
  return { transport: (other) => webSocketTransport(window.location, other), credentials, local };
}

function thisPage(): Page {
  const { pathname, search, hash } = window.location;
  return {
    fragment: hash,
    clearFragment: () => window.history.replaceState(null, "", pathname + search),
    session: keepOf(() => window.sessionStorage),
    local: keepOf(() => window.localStorage),
  };
}
