import { change, put, shown } from "./draft";
import type { Arms } from "./fold";

type SuggestionType = "suggestion_made" | "suggestion_edited" | "suggestion_accepted" | "suggestion_dropped";

/** Prompts of people who may not steer, and what became of them (GR1). */
export const suggestionArms: Arms<SuggestionType> = {
  suggestion_made: (draft, { suggestion, author, body }, { at }) =>
    put(draft, {
      kind: "suggestion",
      id: suggestion,
      at,
      author,
      ...shown(body),
      revision: 0,
      editedBy: null,
      outcome: null,
    }),
  suggestion_edited: (draft, { suggestion, by, body }) => {
    change(draft, "suggestion", suggestion, (card) => ({
      ...card,
      ...shown(body),
      revision: card.revision + 1,
      editedBy: by === card.author ? null : by,
    }));
  },
  suggestion_accepted: (draft, { suggestion, by, prompt }, { at }) => {
    change(draft, "suggestion", suggestion, (card) => ({ ...card, outcome: { kind: "accepted", by, prompt, at } }));
  },
  suggestion_dropped: (draft, { suggestion, by, reason }, { at }) => {
    change(draft, "suggestion", suggestion, (card) => ({ ...card, outcome: { kind: "dropped", by, reason, at } }));
  },
};
