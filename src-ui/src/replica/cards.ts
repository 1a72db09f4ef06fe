import { change, put } from "./draft";
import type { Arms } from "./fold";

type CardType =
  | "ballot_opened"
  | "vote_cast"
  | "voter_dropped"
  | "ballot_closed"
  | "question_asked"
  | "question_answered"
  | "answerer_dropped"
  | "question_settled"
  | "question_withdrawn"
  | "permission_asked"
  | "permission_answered"
  | "permission_withdrawn"
  | "permission_refused"
  | "agent_told";

/** Plans with their votes, questions with their answers, permission requests. */
export const cardArms: Arms<CardType> = {
  ballot_opened: (draft, { ballot, turn, plan, plan_hash, electorate, deadline }, { at }) =>
    put(draft, {
      kind: "plan",
      id: ballot,
      turn,
      at,
      plan,
      planHash: plan_hash,
      electorate,
      votes: [],
      dropped: [],
      deadline: deadline ?? null,
      outcome: null,
      closedAt: null,
    }),
  vote_cast: (draft, { ballot, person, choice }, { at }) => {
    change(draft, "plan", ballot, (plan) => ({ ...plan, votes: replaced(plan.votes, { person, choice, at }) }));
  },
  voter_dropped: (draft, { ballot, person, reason }) => {
    change(draft, "plan", ballot, (plan) => ({ ...plan, dropped: replaced(plan.dropped, { person, reason }) }));
  },
  ballot_closed: (draft, { ballot, outcome }, { at }) => {
    change(draft, "plan", ballot, (plan) => ({ ...plan, outcome, closedAt: at }));
  },

  question_asked: (draft, { question, turn, asked, electorate }, { at }) =>
    put(draft, {
      kind: "question",
      id: question,
      turn,
      at,
      asked,
      electorate,
      answered: [],
      dropped: [],
      settled: null,
      withdrawn: null,
    }),
  question_answered: (draft, { question, person, answers }) => {
    change(draft, "question", question, (card) => ({
      ...card,
      answered: replaced(card.answered, { person, answers }),
    }));
  },
  answerer_dropped: (draft, { question, person, reason }) => {
    change(draft, "question", question, (card) => ({ ...card, dropped: replaced(card.dropped, { person, reason }) }));
  },
  question_settled: (draft, { question, answers }) => {
    change(draft, "question", question, (card) => ({ ...card, settled: answers }));
  },
  question_withdrawn: (draft, { question, reason }) => {
    change(draft, "question", question, (card) => ({ ...card, withdrawn: reason }));
  },

  permission_asked: (draft, { permission, turn, request }, { at }) =>
    put(draft, { kind: "permission", id: permission, turn, at, request, answer: null, refusal: null, withdrawn: null }),
  permission_answered: (draft, { permission, by, answer }, { at }) => {
    change(draft, "permission", permission, (card) => ({ ...card, answer: { by, answer, at } }));
  },
  permission_withdrawn: (draft, { permission, reason }) => {
    change(draft, "permission", permission, (card) => ({ ...card, withdrawn: reason }));
  },
  permission_refused: (draft, { permission, turn, request, refusal }, { at }) =>
    put(draft, {
      kind: "permission",
      id: permission,
      turn,
      at,
      request,
      answer: { by: null, answer: "reject", at },
      refusal,
      withdrawn: null,
    }),
  agent_told: () => undefined,
};

/** The last word of a person counts, in the place of their first. */
function replaced<T extends { person: string }>(words: T[], word: T): T[] {
  const said = words.some(({ person }) => person === word.person);
  return said ? words.map((old) => (old.person === word.person ? word : old)) : [...words, word];
}
