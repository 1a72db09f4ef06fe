const BROWSERS = [
  ["Edge", /Edg\//],
  ["Firefox", /Firefox\//],
  ["Chrome", /Chrom(e|ium)\//],
  ["Safari", /Safari\//],
] as const;

const SYSTEMS = [
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS/],
  ["Linux", /Linux|X11/],
] as const;

/** What the owner's list of devices calls this one: browser and system, e.g. `Firefox, Linux`. */
export function deviceName(userAgent: string): string {
  const first = (table: readonly (readonly [string, RegExp])[]): string[] =>
    table.filter(([, mark]) => mark.test(userAgent)).map(([name]) => name).slice(0, 1);
  return [...first(BROWSERS), ...first(SYSTEMS)].join(", ") || "Browser";
}
