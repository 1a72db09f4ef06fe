import "../styles/index.css";
import { useRef } from "react";
import { NamePage } from "../features/door/name-page";
import { ReachingPage } from "../features/door/reaching-page";
import { RefusedPage } from "../features/door/refused-page";
import { WaitingPage } from "../features/door/waiting-page";
import { useTheme } from "../features/theme/theme";
import { useLink } from "../state/index";
import { FromOutside } from "./from-outside";
import { Shell } from "./shell";

/** The whole window, and what the program around it puts to the person. */
export function App() {
  useTheme();
  return (
    <>
      <Window />
      <FromOutside />
    </>
  );
}

/** At the door, refused, or in. */
function Window() {
  const link = useLink();
  const wasIn = useRef(false);
  const silent = useRef(false);
  // Who was put out has nothing to go on reading.
  wasIn.current = link.kind === "live" || (wasIn.current && link.kind !== "refused");
  silent.current ||= link.kind === "retrying";
  switch (link.kind) {
    case "needs_name":
      return <NamePage link={link} />;
    case "waiting_for_consent":
      return <WaitingPage />;
    case "refused":
      return <RefusedPage link={link} />;
    case "dialling":
    case "retrying":
      return wasIn.current || !silent.current ? <Shell link={link} /> : <ReachingPage link={link} />;
    case "idle":
    case "live":
      return <Shell link={link} />;
  }
}
