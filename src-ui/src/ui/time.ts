import { useSyncExternalStore } from "react";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `0:07`, `1:42`, `1:02:09`: how long something has been going on. */
export function clock(span: number): string {
  const seconds = Math.max(0, Math.floor(span / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `0.4 s`, `9 s`, `2 min 5 s`, `1 h 4 min`: how long something took. */
export function took(span: number): string {
  if (span < 1000) return `${(Math.max(0, span) / 1000).toFixed(1)} s`;
  if (span < MINUTE) return `${Math.round(span / 1000)} s`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min ${Math.round((span % MINUTE) / 1000)} s`;
  return `${Math.floor(span / HOUR)} h ${Math.round((span % HOUR) / MINUTE)} min`;
}

/** The time of day; the date too when it was not today. */
export function timeOfDay(at: number, now: number): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(undefined, {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    ...(today ? {} : { month: "short", day: "numeric" }),
  }).format(at);
}

/** `5m`, `3h`, `2d`; empty within the last minute. */
export function ago(at: number, now: number): string {
  const span = now - at;
  if (span < MINUTE) return "";
  if (span < HOUR) return `${Math.floor(span / MINUTE)}m`;
  if (span < DAY) return `${Math.floor(span / HOUR)}h`;
  return `${Math.floor(span / DAY)}d`;
}

let second = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const watchers = new Set<() => void>();

function watch(changed: () => void): () => void {
  watchers.add(changed);
  if (timer === undefined) {
    second = Date.now();
    timer = setInterval(() => {
      second = Date.now();
      for (const watcher of watchers) watcher();
    }, 1000);
  }
  return () => {
    watchers.delete(changed);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Now, once a second, from one timer for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(watch, () => second);
}
