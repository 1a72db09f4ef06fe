import { LEAST_SHARE } from "./model";

type Shared = { readonly share: number };

/** Makes the parts of one row add up to 1, none too small to read. */
export function fit<T extends Shared>(parts: readonly T[]): T[] {
  const least = Math.min(LEAST_SHARE, 1 / parts.length);
  const whole = parts.reduce((sum, { share }) => sum + Math.max(share, 0), 0);
  // Close enough: what was rounded once is not rounded again.
  if (Math.abs(whole - 1) < 0.001 && parts.every(({ share }) => share >= least)) return [...parts];
  const wanted = parts.map(({ share }) => (whole > 0 ? Math.max(share, 0) / whole : 1 / parts.length));
  const small = wanted.map((share) => share < least);
  const free = 1 - least * small.filter(Boolean).length;
  const rest = wanted.reduce((sum, share, index) => (small[index] ? sum : sum + share), 0);
  const shares = wanted.map((share, index) => (small[index] ? least : (share / rest) * free));
  return parts.map((part, index) => ({ ...part, share: round(shares[index] ?? least) }));
}

/** What a newcomer gets beside these: as much as one of them has. */
export function shareOfOneMore(parts: readonly Shared[]): number {
  return parts.reduce((sum, { share }) => sum + share, 0) / Math.max(parts.length, 1);
}

/** Moves the border after `index`: `first` is the new part of the one before it, of both together. */
export function moveBorder<T extends Shared>(parts: readonly T[], index: number, first: number): readonly T[] {
  const [before, after] = [parts[index], parts[index + 1]];
  if (!before || !after || !Number.isFinite(first)) return parts;
  const both = before.share + after.share;
  const least = Math.min(LEAST_SHARE / both, 0.5);
  const part = Math.min(Math.max(first, least), 1 - least);
  return parts.map((one, at) => {
    if (at === index) return { ...one, share: round(both * part) };
    return at === index + 1 ? { ...one, share: round(both * (1 - part)) } : one;
  });
}

/** Pixels of any screen are coarser; so the same layout is the same text. */
function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
