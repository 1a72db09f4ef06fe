import { useSyncExternalStore } from "react";

/** Whether the page can be seen at all: false in a background tab or a minimised window. */
export function useVisible(): boolean {
  return useSyncExternalStore(watch, isVisible);
}

function isVisible(): boolean {
  return document.visibilityState !== "hidden";
}

function watch(changed: () => void): () => void {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
}
