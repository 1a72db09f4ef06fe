/** One line of the `/` menu. */
export type SlashEntry = {
  id: string;
  group: "agent" | "own";
  name: string;
  about: string;
  keys?: string | undefined;
  /** What is done at once; without it the command is written and waits for Send. */
  run?: () => void;
};

/** What follows the `/` while that is all there is; a command with more behind it is being written out. */
export function slashToken(text: string): string | null {
  return /^\/(\S*)$/.exec(text)?.[1]?.toLocaleLowerCase() ?? null;
}

/** Those whose name has these letters, beginnings first; the groups stay together. */
export function slashMatches(all: readonly SlashEntry[], token: string): SlashEntry[] {
  const fit = ({ name }: SlashEntry): number => {
    const words = name.toLocaleLowerCase();
    if (words === token) return 3;
    return words.startsWith(token) ? 2 : words.includes(token) ? 1 : 0;
  };
  const found = all.filter((entry) => fit(entry) > 0).toSorted((a, b) => fit(b) - fit(a));
  const groups = [...new Set(found.map(({ group }) => group))];
  return groups.flatMap((group) => found.filter((entry) => entry.group === group));
}
