import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app";
import { linkOfThisPage } from "./link";
import { StoreProvider } from "./state";
import { Store } from "./state/store";

const link = linkOfThisPage();
const store = new Store(link);
link.start();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <StoreProvider value={store}>
        <App />
      </StoreProvider>
    </StrictMode>,
  );
}
