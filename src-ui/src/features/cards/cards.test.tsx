import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { DIFF, joined, type Said } from "../../../dev/events";
import { ADA, BEA, CHEN } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { turn, view } from "../../../dev/room";
import { long, NOW } from "../../../dev/scene";
import type { ParticipantView } from "../../gen/ParticipantView";
import type { QuestionView } from "../../gen/QuestionView";
import { focusCard } from "./card-keys";
import { PermissionRecord } from "./permission-record";
import { Pinned } from "./pinned";
import { PlanRecord } from "./plan-record";
import { QuestionRecord } from "./question-record";

afterEach(cleanup);

const request = {
  tool: "bash",
  kind: "execute" as const,
  title: "Apply the migration",
  command: "sqlite3 scratch.db < a.sql",
  directory: "services/session",
  diffs: [DIFF],
};
const asked = (you_may: boolean, permission = "p1", opened_at = NOW) => ({ permission, turn: "t1", request, opened_at, you_may });
const button = (name: string) => screen.getByRole("button", { name });

function draw(you: ParticipantView, more: Parameters<typeof view>[2]) {
  const shown = view(you, {}, { turn: turn(BEA, { phase: "awaiting" }), ...more });
  return renderRoom({ view: shown }, (room) => <Pinned room={room} session="s1" />);
}

describe("a permission request", () => {
  it("PE1 shows exact tool, command, directory and diff", async () => {
    await draw(ADA, { permissions: [asked(true)] });
    expect(screen.getByText("Claude Code asks to use bash")).toBeTruthy();
    expect(screen.getByText("sqlite3 scratch.db < a.sql")).toBeTruthy();
    expect(screen.getByText("services/session")).toBeTruthy();
    expect(screen.getByText("migrations/0007_refresh.sql")).toBeTruthy();
    expect(screen.getByRole("group", { name: /Change of/ }).textContent).toContain("hash BLOB PRIMARY KEY");
  });

  it("PE7 says above a change that is cut how much of it is shown, and one press shows the whole", async () => {
    const lines = Array.from({ length: 40 }, (_, at) => `+line ${at}`).join("\n");
    const cut = { ...DIFF, unified: { text: "+line 0".padEnd(16 * 1024, "."), blob: "ab".repeat(32), bytes: 90 * 1024 } };
    const shown = view(ADA, {}, { turn: turn(BEA, { phase: "awaiting" }), permissions: [{ ...asked(true), request: { ...request, diffs: [cut] } }] });
    const link = await renderRoom({ view: shown, replies: { blob: { kind: "blob", hash: "ab".repeat(32), text: lines, truncated: false } } }, (room) => <Pinned room={room} session="s1" />);
    const said = screen.getByText("Not all of this change is shown: 16 of 90 KB.");
    const change = screen.getByRole("group", { name: /Change of/ });
    expect(said.compareDocumentPosition(change) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    await userEvent.click(button("Show the whole change"));
    expect(link.asked).toEqual([{ method: "blob", params: { session: "s1", hash: "ab".repeat(32) } }]);
    expect(change.textContent).toContain("line 39");
    expect(screen.queryByText(/Not all of this change/)).toBeNull();
  });

  it("PE1 is answered by who may and only seen by others", async () => {
    const link = await draw(ADA, { permissions: [asked(true)] });
    await userEvent.click(button("Allow once"));
    const params = { session: "s1", permission: "p1", answer: "allow" };
    expect(link.asked).toEqual([{ method: "answer_permission", params }]);
    cleanup();
    await draw(CHEN, { permissions: [asked(false)] });
    expect(screen.queryByRole("button", { name: /Allow|Reject/ })).toBeNull();
    expect(screen.getByText("Waits for Ada or Bea.")).toBeTruthy();
  });

  it("WI31 is answered by y and n in the card alone, and says so", async () => {
    const link = await draw(ADA, { permissions: [asked(true)] });
    await userEvent.keyboard("y");
    expect(link.asked).toEqual([]);
    focusCard();
    expect(document.activeElement).toBe(button("Reject"));
    await userEvent.keyboard("{Control>}y{/Control}");
    expect(link.asked).toEqual([]);
    await userEvent.keyboard("y");
    const params = { session: "s1", permission: "p1" };
    expect(link.asked).toEqual([{ method: "answer_permission", params: { ...params, answer: "allow" } }]);
    button("Reject").focus();
    await userEvent.keyboard("n");
    expect(link.asked.at(-1)).toEqual({ method: "answer_permission", params: { ...params, answer: "reject" } });
    expect([button("Allow once"), button("Reject")].map((one) => one.getAttribute("aria-keyshortcuts"))).toEqual(["y", "n"]);
  });

  it("shows one open card at a time, first what waits for you, and steps through the rest", async () => {
    await draw(ADA, { permissions: [asked(false, "p1", NOW - 5000), asked(true, "p2", NOW)] });
    expect(screen.getByText("1 of 2")).toBeTruthy();
    expect(button("Allow once")).toBeTruthy();
    await userEvent.click(button("Next card"));
    expect(screen.queryByRole("button", { name: "Allow once" })).toBeNull();
  });

  it("PE2 says afterwards who answered", async () => {
    const events: Said[] = [
      ...joined(),
      [5, { type: "permission_asked", permission: "p1", turn: "t1", request }],
      [3, { type: "permission_answered", permission: "p1", by: "bea", answer: "reject" }, "bea"],
    ];
    await renderRoom({ view: view(ADA, {}), events }, (room) =>
      room.transcript.items.map((item) => item.kind === "permission" && <PermissionRecord key={item.id} room={room} session="s1" item={item} />),
    );
    expect(screen.getByText("Bea rejected: Apply the migration")).toBeTruthy();
  });

  it("BA13 says why the host itself refused", async () => {
    const events: Said[] = [
      ...joined(),
      [5, { type: "permission_refused", permission: "p1", turn: "t1", request, refusal: "plan_first" }],
    ];
    await renderRoom({ view: view(ADA, {}), events }, (room) =>
      room.transcript.items.map((item) => item.kind === "permission" && <PermissionRecord key={item.id} room={room} session="s1" item={item} />),
    );
    expect(screen.getByText("Refused, no plan is approved yet: Apply the migration")).toBeTruthy();
  });
});

describe("a question", () => {
  const question: QuestionView = {
    question: "k1",
    turn: "t1",
    asked: {
      text: "Two things.",
      fields: [
        { key: "keep", text: "Keep it?", options: ["One release", "Two releases"], many: false },
        { key: "name", text: "Its name?", options: [], many: false },
      ],
    },
    electorate: { kind: "everyone", voters: ["bea", "ada"] },
    answered: ["bea"],
    your_answers: null,
    waiting_for: [],
    opened_at: NOW,
    you_may: true,
  };

  it("QN1 takes an answer to every field and shows who has answered", async () => {
    const link = await draw(ADA, { questions: [question] });
    const people = within(screen.getByRole("list", { name: "Who has answered" })).getAllByRole("listitem");
    expect(people.map((one) => one.textContent)).toEqual(["AYou", "BBea answered", "CChen observes", "DDana observes"]);
    await userEvent.click(screen.getByLabelText("Two releases"));
    expect(button("Answer")).toHaveProperty("disabled", true);
    await userEvent.type(screen.getByLabelText("Its name?"), " token ");
    await userEvent.click(button("Answer"));
    const answers = { keep: ["Two releases"], name: ["token"] };
    expect(link.asked).toEqual([{ method: "answer", params: { session: "s1", question: "k1", answers } }]);
  });

  it("WI31 numbers choose in the field that has focus, and are written where one writes", async () => {
    await draw(ADA, { questions: [question] });
    focusCard();
    expect(document.activeElement).toBe(screen.getByLabelText("One release"));
    await userEvent.keyboard("2");
    expect(screen.getByLabelText("Two releases")).toHaveProperty("checked", true);
    expect(document.activeElement).toBe(screen.getByLabelText("Two releases"));
    expect(screen.getByLabelText("Two releases").getAttribute("aria-keyshortcuts")).toBe("2");
    await userEvent.type(screen.getByLabelText("Its name?"), "1y");
    expect(screen.getByLabelText("Its name?")).toHaveProperty("value", "1y");
    expect(screen.getByLabelText("Two releases")).toHaveProperty("checked", true);
  });

  it("QN1 lets go without what may be left out, but not without any answer", async () => {
    const asked = { text: "", fields: question.asked.fields.map((field) => ({ ...field, optional: true })) };
    const link = await draw(ADA, { questions: [{ ...question, asked }] });
    expect(button("Answer")).toHaveProperty("disabled", true);
    await userEvent.click(screen.getByLabelText("Two releases"));
    await userEvent.click(button("Answer"));
    const answers = { keep: ["Two releases"] };
    expect(link.asked).toEqual([{ method: "answer", params: { session: "s1", question: "k1", answers } }]);
  });

  it("QN1 says nothing of other words once an option was chosen", async () => {
    const fields = [
      { key: "keep", text: "Keep it?", options: ["One release", "Two releases"], many: false, optional: true },
      { key: "keep_other", text: "Other", options: [], many: false, optional: true },
    ];
    const record = (answers: Record<string, string[]>) => {
      const opened: Said[] = [[9, { type: "question_asked", question: "k1", turn: "t1", asked: { text: "", fields }, electorate: { kind: "any_decider" } }]];
      const settled: Said = [1, { type: "question_settled", question: "k1", answers }];
      return renderRoom({ view: view(ADA, {}), events: [...joined(), ...opened, settled] }, (room) =>
        room.transcript.items.map((item) => item.kind === "question" && <QuestionRecord key={item.id} room={room} item={item} />),
      );
    };
    await record({ keep: ["Two releases"] });
    expect(screen.getByText("Two releases")).toBeTruthy();
    expect(screen.queryByText("Other")).toBeNull();
    cleanup();
    await record({ keep_other: ["Three"] });
    expect(screen.getByText("Three")).toBeTruthy();
    expect(screen.getByText("no answer")).toBeTruthy();
  });

  it("QN2 gives observers nothing to answer with", async () => {
    await draw(CHEN, { questions: [{ ...question, you_may: false }] });
    expect(screen.queryByRole("button", { name: "Answer" })).toBeNull();
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(screen.getByLabelText("Two releases").closest("fieldset")).toHaveProperty("disabled", true);
  });
});

describe("a plan where it arose", () => {
  const opened: Said = [
    40,
    { type: "ballot_opened", ballot: "b1", turn: "t1", plan: long("Do **it**."), plan_hash: "f", electorate: { kind: "everyone", voters: ["bea", "ada"] } },
  ];
  const record = (events: Said[]) =>
    renderRoom({ view: view(ADA, {}), events: [...joined(), opened, ...events] }, (room) =>
      room.transcript.items.map((item) => item.kind === "plan" && <PlanRecord key={item.id} room={room} session="s1" item={item} />),
    );

  it("shows its state and no buttons while the pinned card asks", async () => {
    await record([[3, { type: "vote_cast", ballot: "b1", person: "bea", choice: { kind: "approve" } }, "bea"]]);
    expect(screen.getByText("Plan · 1 of 2 approved, see below")).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("BA7 shows an override as one, with its reason", async () => {
    const outcome = { kind: "overridden" as const, by: "ada", verdict: "approved" as const, reason: "Bea is away." };
    await record([[1, { type: "ballot_closed", ballot: "b1", outcome }, "ada"]]);
    expect(screen.getByText("You approved the plan without the vote: Bea is away.")).toBeTruthy();
  });

  it("BA3 keeps the reason that sent it back", async () => {
    await record([[1, { type: "ballot_closed", ballot: "b1", outcome: { kind: "denied", by: "bea", reason: "Too big." } }, "bea"]]);
    expect(screen.getByText("Bea sent the plan back: Too big.")).toBeTruthy();
  });
});
