let begun: string | null = null;

/** This person has just made the session: where it opens, they go on by writing. */
export function willWriteIn(session: string): void {
  begun = session;
}

/** True once, for the session that was just made. */
export function wasJustBegun(session: string): boolean {
  if (begun !== session) return false;
  begun = null;
  return true;
}
