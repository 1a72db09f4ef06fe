import { createRoot } from "react-dom/client";
import { App } from "../src/app/app";
import { StoreProvider } from "../src/state";
import { AroundProvider } from "../src/state/around";
import { DoorProvider } from "../src/state/door";
import { HostsProvider } from "../src/state/other-hosts";
import { openBeside, openSession } from "../src/state/open-session";
import { showPage } from "../src/state/page";
import { Store } from "../src/state/store";
import { setDraft, setTaste, type Taste } from "../src/state/taste";
import { CannedLink } from "./canned-link";
import { CLOSING } from "./closing";
import { COMMENTS } from "./comments";
import { elsewhereOf } from "./elsewhere";
import { SCENES } from "./scenes";

// `/dev/index.html?scene=vote&theme=light`: the real app over canned frames, to look at each state.
const query = new URLSearchParams(location.search);
const name = query.get("scene") ?? "vote";
const scene = SCENES[name];
if (!scene) throw new Error(`No scene is called ${name}. There are: ${Object.keys(SCENES).join(", ")}.`);
const theme = query.get("theme");
if (name === "away") localStorage.setItem("conclave.seen.s1", "3");
const contrast = query.get("contrast") === "more" ? "more" : "system";
setTaste({ theme: theme === "light" ? "light" : "dark", contrast, people: true, folded: [], unverified: [] });
// Whoever takes pictures looks at the same state in one look after the other.
addEventListener("wear", (event) => event instanceof CustomEvent && setTaste(event.detail as Pick<Taste, "theme" | "contrast">));
if (scene.session) openSession(scene.session, scene.elsewhere?.open ?? null);
for (const also of query.get("beside")?.split(",") ?? []) openBeside(also);

if (query.has("comments")) setDraft("w1.comments", JSON.stringify(COMMENTS));

const page = query.get("page");
if (page === "inbox" || page === "sessions") showPage(page);

const link = new CannedLink(scene);
const store = new Store(link.asLink());
const { hosts } = elsewhereOf(scene, link);
const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StoreProvider value={store}>
      <HostsProvider value={hosts}>
        <DoorProvider value={scene.door ?? null}>
          {query.has("closing") ? (
            <AroundProvider value={CLOSING}>
              <App />
            </AroundProvider>
          ) : (
            <App />
          )}
        </DoorProvider>
      </HostsProvider>
    </StoreProvider>,
  );
link.begin();
