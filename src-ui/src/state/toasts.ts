import { useSyncExternalStore } from "react";

export type Toast = {
  id: number;
  kind: "done" | "trouble";
  message: string;
  /** What to do about it. */
  hint: string | null;
  action: { label: string; run: () => void } | null;
};

const MOST = 3;
const STAYS = 15_000;

let toasts: readonly Toast[] = [];
let next = 1;
const watchers = new Set<() => void>();

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => toasts,
  );
}

export function getToasts(): readonly Toast[] {
  return toasts;
}

/** Something went wrong, or not as it was wanted. */
export function addToast(toast: Omit<Toast, "id" | "kind">): void {
  show({ ...toast, kind: "trouble" });
}

/** What was wanted is done; `action` is what may come next. */
export function tellDone(message: string, action: Toast["action"] = null): void {
  show({ kind: "done", message, hint: null, action });
}

function show(toast: Omit<Toast, "id">): void {
  const id = next++;
  toasts = [...toasts.filter((other) => other.message !== toast.message), { ...toast, id }].slice(-MOST);
  tell();
  setTimeout(() => dropToast(id), STAYS);
}

export function dropToast(id: number): void {
  toasts = toasts.filter((toast) => toast.id !== id);
  tell();
}

function tell() {
  for (const watcher of watchers) watcher();
}
