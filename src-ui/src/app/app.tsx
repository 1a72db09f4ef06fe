import "../styles/index.css";
import { RefusedPage } from "../features/connection/refused";
import { NamePage } from "../features/door/name-page";
import { WaitingPage } from "../features/door/waiting-page";
import { useTheme } from "../features/theme/theme";
import { useLink } from "../state/index";
import { Shell } from "./shell";

/** The whole window: at the door, refused, or in. */
export function App() {
  useTheme();
  const link = useLink();
  switch (link.kind) {
    case "needs_name":
      return <NamePage link={link} />;
    case "waiting_for_consent":
      return <WaitingPage />;
    case "refused":
      return <RefusedPage link={link} />;
    case "idle":
    case "dialling":
    case "retrying":
    case "live":
      return <Shell link={link} />;
  }
}
