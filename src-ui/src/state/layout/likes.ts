import { followTaste, getTaste, setTaste, type Taste } from "../taste";

/** What of a person's taste follows them as the layout does: not what depends on the screen they sit at. */
export type Likes = Pick<Taste, "theme" | "sideWidth" | "peopleWidth" | "folded">;

export type Liked = { get(): Likes; set(likes: Partial<Likes>): void; watch(changed: () => void): void };

/** As many as anybody folds; a layout has its limit. */
const MOST_FOLDED = 500;
const WIDEST = 2_000;

export const likedHere: Liked = {
  get: () => likesIn(getTaste()),
  set: setTaste,
  watch: (changed) => void followTaste(changed),
};

function likesIn({ theme, sideWidth, peopleWidth, folded }: Taste): Likes {
  return { theme, sideWidth, peopleWidth, folded: folded.slice(-MOST_FOLDED) };
}

/** What was kept beside a layout; what is not there, or is no such thing, stays as it is. */
export function readLikes(text: string): Partial<Likes> {
  const { theme, sideWidth, peopleWidth, folded } = kept(text);
  return {
    ...((theme === "system" || theme === "light" || theme === "dark") && { theme }),
    ...(isWidth(sideWidth) && { sideWidth }),
    ...(isWidth(peopleWidth) && { peopleWidth }),
    ...(Array.isArray(folded) && { folded: folded.filter((one) => typeof one === "string").slice(-MOST_FOLDED) }),
  };
}

function kept(text: string): Partial<Record<keyof Likes, unknown>> {
  try {
    const { likes } = JSON.parse(text) as { likes?: unknown };
    return typeof likes === "object" && likes !== null ? likes : {};
  } catch {
    return {};
  }
}

function isWidth(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 && value <= WIDEST;
}
