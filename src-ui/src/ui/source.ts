/** Where a repository comes from, with all that was typed. */
export type Source = { how: "folder" | "clone"; path: string; from: string; into: string };

export const NO_SOURCE: Source = { how: "folder", path: "", from: "", into: "" };

export function isBlank({ how, path, from }: Source): boolean {
  return (how === "folder" ? path : from).trim() === "";
}

/** Where a clone goes in a folder that was chosen: git takes none that has something in it. */
export function cloneWithin(folder: string, from: string): string {
  const name = /([^/\\:]+?)(?:\.git)?[/\\]*$/.exec(from.trim())?.[1];
  if (name === undefined) return folder;
  const sign = folder.includes("\\") && !folder.startsWith("/") ? "\\" : "/";
  return folder.endsWith(sign) ? folder + name : folder + sign + name;
}
