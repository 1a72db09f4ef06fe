import { isTauri } from "@tauri-apps/api/core";
import { windowCredentials, type Page } from "./credentials";
import { deviceName } from "./device";
import { guestPage } from "./guest-page";
import { keepOf } from "./keep";
import { Link, type LinkParts } from "./link";
import { ownerPage } from "./owner-page";
import { webSocketTransport } from "./websocket";
import { windowTransport } from "./window";

/** The link of the place this page runs in: the desktop window, the owner's page or a guest's. */
export function linkOfThisPage(): Link {
  const link = new Link({ ...partsOfThisPage(), client: deviceName(navigator.userAgent) });
  window.addEventListener("online", () => link.wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") link.wake();
  });
  return link;
}

function partsOfThisPage(): Pick<LinkParts, "transport" | "credentials"> {
  if (isTauri()) return { transport: windowTransport, credentials: windowCredentials };
  const page = thisPage();
  // Guests come over TLS only; plain HTTP is the owner's loopback page.
  const credentials = window.location.protocol === "https:" ? guestPage(page) : ownerPage(page);
  return { transport: webSocketTransport(window.location), credentials };
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
