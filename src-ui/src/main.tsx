import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app";
import { BrokenPart } from "./app/broken-part";
import { aroundThisPage, linksOfThisPage } from "./link";
import { StoreProvider } from "./state";
import { AroundProvider } from "./state/around";
import { DoorProvider } from "./state/door";
import { Hosts } from "./state/hosts";
import { HostsProvider } from "./state/other-hosts";
import { keepLayoutAt } from "./state/layout";
import { Store } from "./state/store";
import { Guard } from "./ui/guard";

const links = linksOfThisPage();
const around = aroundThisPage();
const store = new Store(links.own);
const hosts = new Hosts(links.own, links.to);
keepLayoutAt(store);
links.own.start();
// Another window, or the command line, may have joined one meanwhile.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void hosts.refresh();
});

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <StoreProvider value={store}>
        <HostsProvider value={hosts}>
          <DoorProvider value={links.door}>
            <AroundProvider value={around}>
              <Guard instead={(error, again) => <BrokenPart error={error} onAgain={again} />}>
                <App />
              </Guard>
            </AroundProvider>
          </DoorProvider>
        </HostsProvider>
      </StoreProvider>
    </StrictMode>,
  );
}
