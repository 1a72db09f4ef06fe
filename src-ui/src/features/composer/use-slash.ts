import { slashMatches, slashToken, type SlashEntry } from "./slash";
import { useOffers, type Offers } from "./use-offers";

/** The `/` menu over a text: open while the text is one word that begins with `/` and something fits it. */
export function useSlash(all: readonly SlashEntry[], text: string, setText: (text: string) => void): Offers<SlashEntry> {
  const token = slashToken(text);
  return useOffers({
    found: token === null ? [] : slashMatches(all, token),
    text,
    take: (entry) => {
      setText(entry.run ? "" : `/${entry.name} `);
      entry.run?.();
    },
    isWritten: (entry) => !entry.run && entry.name.toLocaleLowerCase() === token,
  });
}
