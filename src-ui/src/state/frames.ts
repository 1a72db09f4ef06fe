const due = new Set<() => void>();
/** In milliseconds: a clock that jumped, as after a sleep of the machine, keeps nobody waiting. */
const LONGEST_REST = 100;

/** When the words of agents may take the page's thread again. */
let freeAt = 0;

/**
 * Calls it before a next frame, however often it is asked until then, and together with all others: many words of many
 * agents are drawn at once. For as long as that took, the thread is left to keys and pointers; a page that nobody sees
 * draws nothing.
 */
export function beforeFrame(listener: () => void): void {
  if (due.size === 0) requestAnimationFrame(tellAll);
  due.add(listener);
}

export function notBeforeFrame(listener: () => void): void {
  due.delete(listener);
}

function tellAll(): void {
  const began = performance.now();
  if (began < freeAt && freeAt - began <= LONGEST_REST) return void requestAnimationFrame(tellAll);
  const all = [...due];
  due.clear();
  for (const listener of all) listener();
  afterPaint(() => {
    const now = performance.now();
    freeAt = now + Math.min(now - began, LONGEST_REST);
  });
}

/** A message waits until this frame has been laid out and painted. */
function afterPaint(run: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = run;
  port2.postMessage(null);
}
