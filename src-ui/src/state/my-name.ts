import { useSyncExternalStore } from "react";
import { Cell } from "./cell";
import { useLink } from "./index";

/** What people have called themselves since the host welcomed them, by person. */
const renamed = new Cell<Readonly<Record<string, string>>>({});

export function setMyName(person: string, name: string): void {
  renamed.set({ ...renamed.get(), [person]: name });
}

/** The newest name of a person that the host has welcomed. */
export function useNameNow(welcome: { person: string; name: string } | null): string {
  const names = useSyncExternalStore(renamed.subscribe, renamed.get);
  return welcome ? (names[welcome.person] ?? welcome.name) : "";
}

export function useWelcome() {
  const link = useLink();
  return link.kind === "live" ? link.welcome : null;
}
