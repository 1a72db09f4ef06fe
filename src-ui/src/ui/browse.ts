import { createContext, use, type ReactNode } from "react";

export type Browsing = {
  /** Where to begin; `null` where nothing was typed. */
  begin: string | null;
  /** Any folder, or one with a repository in it. */
  what: "folder" | "repository";
  onTake: (path: string) => void;
  onClose: () => void;
};

type Browse = (browsing: Browsing) => ReactNode;

/** The way to look through the folders of the host's machine, where there is one. */
export const BrowseProvider = createContext<Browse | null>(null);

export function useBrowse(): Browse | null {
  return use(BrowseProvider);
}
