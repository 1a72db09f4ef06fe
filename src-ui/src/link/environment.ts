import { isTauri } from "@tauri-apps/api/core";
import { windowCredentials, type Credentials, type Page } from "./credentials";
import { deviceName } from "./device";
import { doorOf, type Door } from "./door";
import { elsewhere } from "./elsewhere";
import { guestPage, readInvite } from "./guest-page";
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
  /** On a guest's page only. */
  door: Door | null;
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
  const { transport, credentials, local, door, isWayIn } = thisPlace();
  // Another link of the same host in the same tab changes the address and loads nothing by itself.
  window.addEventListener("hashchange", () => {
    if (isWayIn(window.location.hash)) window.location.reload();
  });
  const own = link(transport(), credentials);
  return { own, to: (host) => link(transport(host), elsewhere(host, credentials, local)), door };
}

/** In the program's own window every key is ours; a browser keeps some for itself. */
export function isOwnWindow(): boolean {
  return isTauri();
}

type Place = {
  transport: (other?: string) => Transport;
  credentials: Credentials;
  local: Page["local"];
  door: Door | null;
  /** A fragment that is a new way in, and not a mark within the page. */
  isWayIn: (fragment: string) => boolean;
};

const OPEN_SECRET = /^#[\w-]{40,}$/;

function thisPlace(): Place {
  const page = thisPage();
  const { local } = page;
  if (isTauri()) {
    return { transport: windowTransport, credentials: windowCredentials, local, door: null, isWayIn: () => false };
  }
  const transport = (other?: string): Transport => webSocketTransport(window.location, other);
  // Guests come over TLS only; plain HTTP is the owner's loopback page.
  if (window.location.protocol !== "https:") {
    return { transport, credentials: ownerPage(page), local, door: null, isWayIn: (fragment) => OPEN_SECRET.test(fragment) };
  }
  const door = doorOf({ host: window.location.host, fragment: page.fragment });
  return { transport, credentials: guestPage(page), local, door, isWayIn: (fragment) => readInvite(fragment) !== null };
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
