/** Where a repository comes from, with all that was typed. */
export type Source = { how: "folder" | "clone"; path: string; from: string; into: string };

export const NO_SOURCE: Source = { how: "folder", path: "", from: "", into: "" };

export function isBlank({ how, path, from }: Source): boolean {
  return (how === "folder" ? path : from).trim() === "";
}
