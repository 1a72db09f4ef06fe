const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Arrow keys within a group of `role=radio`: focus goes on to the next that can be chosen, round the end. */
export function stepRadio(event: React.KeyboardEvent<HTMLElement>): void {
  const radios = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=radio]:not(:disabled)")];
  const from = radios.indexOf(document.activeElement as HTMLElement);
  const to = target(event.key, from, radios.length);
  if (from < 0 || to === null) return;
  event.preventDefault();
  radios[to]?.focus();
}

function target(key: string, from: number, count: number): number | null {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = STEPS[key];
  return step === undefined ? null : (from + step + count) % count;
}
