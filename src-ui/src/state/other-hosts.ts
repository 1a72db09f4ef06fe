import { createContext, use, useCallback, useSyncExternalStore } from "react";
import { Cell } from "./cell";
import type { Hosts, OtherHost } from "./hosts";

const HostsContext = createContext<Hosts | null>(null);

/** `<HostsProvider value={hosts}>` where the owner's page and window show other hosts beside their own. */
export const HostsProvider = HostsContext;

const none = new Cell<readonly OtherHost[] | null>([]);

/** `null` until this host has named those it knows. */
export function useOtherHosts(): readonly OtherHost[] | null {
  const { subscribe, get } = use(HostsContext)?.all ?? none;
  return useSyncExternalStore(subscribe, get);
}

/** Look again who is known, after a join or when one was forgotten. */
export function useRefreshHosts(): () => Promise<void> {
  const hosts = use(HostsContext);
  return useCallback(async () => hosts?.refresh(), [hosts]);
}
