export type Crumb = { name: string; path: string };

/** A path of the host's machine, whichever system that has, from the top. */
export function crumbsOf(path: string): Crumb[] {
  const sign = signOf(path);
  const names = path.split(sign).filter((name) => name !== "");
  const top: Crumb[] = path.startsWith(sign) ? [{ name: sign, path: sign }] : [];
  return [...top, ...names.map((name, at) => ({ name, path: wholeOf(path, names.slice(0, at + 1), sign) }))];
}

/** Where to look for a path that may not be there yet, or be half written: there, in what it stands in, at home. */
export function waysTo(path: string | null): [string | null, ...(string | null)[]] {
  const [there, ...above] = crumbsOf(path ?? "").map((crumb) => crumb.path).toReversed();
  return there === undefined ? [null] : [there, ...above, null];
}

/** A drive alone is no folder: it ends with the sign. */
function wholeOf(path: string, names: readonly string[], sign: string): string {
  const words = names.join(sign);
  if (path.startsWith(sign + sign)) return sign + sign + words;
  if (path.startsWith(sign)) return sign + words;
  return names.length === 1 ? words + sign : words;
}

/** What stands between the names. */
function signOf(path: string): "/" | "\\" {
  return path.startsWith("/") || !path.includes("\\") ? "/" : "\\";
}
