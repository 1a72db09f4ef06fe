import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { joined, taken, type Said } from "../../../dev/events";
import { ADA, BEA, CHEN, DANA, GUEST } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { turn, view } from "../../../dev/room";
import type { RoomView } from "../../gen/RoomView";
import { getToasts } from "../../state/toasts";
import { getDraft, reloadTaste } from "../../state/taste";
import { Composer } from "./composer";

beforeEach(() => {
  localStorage.clear();
  reloadTaste();
});
afterEach(cleanup);

const draw = (shown: RoomView, more: object = {}) =>
  renderRoom({ view: shown, ...more }, (room) => <Composer room={room} session="s1" />);
const area = () => screen.getByLabelText("Message");
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });

const idle = view(ADA, { prompt_now: true, steer: true });
const driving = view(ADA, { queue: true, stop: true, steer: true }, { turn: turn(ADA) });
const waiting = view(CHEN, { queue: true, ask_to_drive: true, steer: true }, { turn: turn(BEA) });

describe("the composer", () => {
  it("sends at once while idle and is empty afterwards", async () => {
    const link = await draw(idle);
    expect(button("Send").disabled).toBe(true);
    await userEvent.type(area(), "Do it{Enter}");
    expect(link.asked).toEqual([{ method: "prompt", params: { session: "s1", text: "Do it", delivery: "now" } }]);
    await waitFor(() => expect(area()).toHaveProperty("value", ""));
  });

  it("brings back what one asked before with Up, from an empty box only", async () => {
    await draw(idle, { events: [...taken("t1", 60, "ada", "First"), ...taken("t2", 50, "bea", "Not mine"), ...taken("t3", 40, "ada", "Second")] });
    await userEvent.type(area(), "{ArrowUp}");
    expect(area()).toHaveProperty("value", "Second");
    await userEvent.type(area(), "{ArrowUp}");
    expect(area()).toHaveProperty("value", "First");
    await userEvent.type(area(), "!{ArrowUp}");
    expect(area()).toHaveProperty("value", "First!");
  });

  it("TU3 queues what is written while another drives, and says who", async () => {
    const link = await draw(waiting);
    expect(area()).toHaveProperty("placeholder", "Bea is driving. Write now, it goes out after this turn.");
    expect(button("Queue").disabled).toBe(true);
    await userEvent.type(area(), "then this{Enter}");
    expect(link.asked).toEqual([{ method: "prompt", params: { session: "s1", text: "then this", delivery: "queue" } }]);
  });

  it("WI17 is Stop in one's own turn until something is written, and Enter stops nothing", async () => {
    const link = await draw(driving);
    await userEvent.type(area(), "{Enter}");
    expect(link.asked).toEqual([]);
    await userEvent.type(area(), "next");
    expect(button("Queue").disabled).toBe(false);
    expect(screen.queryByRole("button", { name: "Stop" })).toBeNull();
    await userEvent.clear(area());
    await userEvent.click(button("Stop"));
    expect(link.asked).toEqual([{ method: "stop_turn", params: { session: "s1" } }]);
  });

  it("TU3 adds to the turn that runs with Mod+Enter, where its agent can be steered", async () => {
    const link = await draw(driving);
    await userEvent.type(area(), "rather blue{Control>}{Enter}{/Control}");
    expect(link.asked).toEqual([{ method: "prompt", params: { session: "s1", text: "rather blue", delivery: "steer" } }]);
    cleanup();
    const other = await draw(view(ADA, { queue: true, stop: true, steer: true }, { turn: { ...turn(ADA), choice: { agent: "opencode" } } }));
    await userEvent.type(area(), "rather blue");
    expect(screen.queryByRole("button", { name: "Steer" })).toBeNull();
    await userEvent.type(area(), "{Control>}{Enter}{/Control}");
    expect(other.asked).toEqual([{ method: "prompt", params: { session: "s1", text: "rather blue", delivery: "queue" } }]);
  });

  it("leaves somebody else's turn to the line of the lock", async () => {
    await draw(view(ADA, { queue: true, stop: true, steer: true }, { turn: turn(BEA) }));
    expect(screen.queryByRole("button", { name: "Stop" })).toBeNull();
    expect(button("Queue").disabled).toBe(true);
  });

  it("makes a new line with Shift and leaves Enter to an input method", async () => {
    const link = await draw(idle);
    await userEvent.type(area(), "a{Shift>}{Enter}{/Shift}b");
    expect(area()).toHaveProperty("value", "a\nb");
    fireEvent.keyDown(area(), { key: "Enter", isComposing: true });
    fireEvent.keyDown(area(), { key: "Enter", keyCode: 229 });
    expect(link.asked).toEqual([]);
  });

  it("keeps the text when the host refuses it", async () => {
    await draw(idle, { refuses: { code: "turn_locked", message: "Bea is driving.", retry: "after_change" } });
    await userEvent.type(area(), "mine{Enter}");
    await waitFor(() => expect(area()).toHaveProperty("readOnly", false));
    expect(area()).toHaveProperty("value", "mine");
    expect(getDraft("s1")).toBe("mine");
  });

  it("TU3 offers the queue when another was first", async () => {
    const link = await draw(idle, { refuses: { code: "turn_locked", message: "Bea is driving.", retry: "after_change" } });
    await userEvent.type(area(), "mine{Enter}");
    await waitFor(() => expect(getToasts()[0]?.action?.label).toBe("Queue instead"));
    getToasts()[0]?.action?.run();
    const prompt = { session: "s1", text: "mine" };
    await waitFor(() =>
      expect(link.asked).toEqual([
        { method: "prompt", params: { ...prompt, delivery: "now" } },
        { method: "prompt", params: { ...prompt, delivery: "queue" } },
      ]),
    );
  });

  it("GR1 makes a suggestion of what a person writes who may do no more", async () => {
    const link = await draw(view(GUEST, { suggest: true }));
    expect(area().getAttribute("placeholder")).toMatch(/^Suggest something/);
    await userEvent.type(area(), "look here{Enter}");
    expect(link.asked).toEqual([{ method: "prompt", params: { session: "s1", text: "look here", delivery: "queue" } }]);
    expect(button("Suggest")).toBeTruthy();
  });

  it("RO3 tells the muted why they cannot write", async () => {
    await draw(view({ ...DANA, muted: true }, {}, { turn: turn(BEA) }));
    expect(screen.queryByLabelText("Message")).toBeNull();
    expect(screen.getByText("You are muted. You can watch; the owner can unmute you.")).toBeTruthy();
  });

  it("GR1 tells an observer what right is missing", async () => {
    await draw(view(DANA, {}));
    expect(screen.getByText(/^You are watching\. Ask the owner for the right to steer/)).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("SE1 offers to reopen an ended session to who may", async () => {
    const link = await draw(view(ADA, { steer: true }, { state: "ended" }));
    await userEvent.click(button("Reopen"));
    expect(link.asked).toEqual([{ method: "reopen_session", params: { session: "s1" } }]);
  });

  it("TU11 sends the images that were picked, and not those that were left out", async () => {
    const link = await draw(idle);
    const file = (name: string) => new File(["GIF89a"], name, { type: "image/gif" });
    await userEvent.upload(screen.getByLabelText("Image files"), [file("a.gif"), file("b.gif")]);
    await waitFor(() => expect(screen.getAllByRole("img")).toHaveLength(2));
    await userEvent.click(button("Leave image 1 out"));
    await userEvent.type(area(), "What is it?{Enter}");
    const params = { session: "s1", text: "What is it?", delivery: "now", images: [{ data: "R0lGODlh" }] };
    expect(link.asked).toEqual([{ method: "prompt", params }]);
    await waitFor(() => expect(screen.queryByRole("img")).toBeNull());
  });

  it("TU11 takes what is pasted, and says what it does not take", async () => {
    await draw(idle);
    const paste = (file: File) => fireEvent.paste(area(), { clipboardData: { files: [file] } });
    paste(new File(["GIF89a"], "a.gif", { type: "image/gif" }));
    expect(await screen.findByRole("img", { name: "Image 1" })).toBeTruthy();
    paste(new File(["<svg/>"], "a.svg", { type: "image/svg+xml" }));
    await waitFor(() => expect(getToasts().map((one) => one.message)).toContain("Only PNG, JPEG, GIF and WebP go with a prompt."));
  });

  it("TU11 keeps all of what is pasted in quick succession, and brings nothing back that was left out", async () => {
    await draw(idle);
    const paste = (name: string) => fireEvent.paste(area(), { clipboardData: { files: [new File([name], name, { type: "image/gif" })] } });
    paste("a.gif");
    paste("bb.gif");
    await waitFor(() => expect(screen.getAllByRole("img")).toHaveLength(2));
    paste("ccc.gif");
    fireEvent.click(button("Leave image 1 out"));
    await waitFor(() => expect(screen.getAllByRole<HTMLImageElement>("img").map(({ src }) => atob(src.split(",")[1] ?? ""))).toEqual(["bb.gif", "ccc.gif"]));
  });

  it("BA13 says that votes are advisory where the host says so", async () => {
    await draw(view(ADA, { prompt_now: true }));
    expect(screen.queryByText("votes are advisory")).toBeNull();
    cleanup();
    await draw(view(ADA, { prompt_now: true }, { advisory: true }));
    expect(screen.getByText("votes are advisory")).toBeTruthy();
  });

  it("BA13 says that a plan comes first, and which agent can propose none", async () => {
    const rules = { ...view(ADA, {}).rules, plan_first: true };
    await draw(view(ADA, { prompt_now: true }, { rules }));
    expect(screen.getByText("plan first")).toBeTruthy();
    cleanup();
    await draw(view(ADA, { prompt_now: true }, { rules, advisory: true }));
    expect(screen.getByText("can’t propose a plan")).toBeTruthy();
  });

  it("AG5 shows the memory that the host tells and none before", async () => {
    await draw(idle);
    expect(screen.getByText("resumed")).toBeTruthy();
    cleanup();
    await draw(view(ADA, { prompt_now: true }, { memory: null }));
    expect(screen.queryByText(/resumed|history|new session/)).toBeNull();
  });

  it("AG9 changes the agent of the next turn; what is not found cannot be chosen", async () => {
    const link = await draw(idle);
    await userEvent.click(button("Claude Code · sonnet"));
    expect(screen.getByRole<HTMLButtonElement>("radio", { name: /goose/ }).disabled).toBe(true);
    expect(document.activeElement?.textContent).toBe("Claude Codecan’t be limited, so guests who are limited can’t run it");
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    expect(document.activeElement?.textContent).toMatch(/^opencode/);
    await userEvent.keyboard("{ArrowUp}{Home}{End}");
    expect(document.activeElement?.textContent).toMatch(/^Rehearsal/);
    expect(screen.getAllByRole("radio").map((radio) => radio.tabIndex)).toEqual([-1, 0, -1, -1]);
    await userEvent.click(screen.getByRole("radio", { name: /^opencode/ }));
    expect(link.asked).toEqual([{ method: "choose_agent", params: { session: "s1", choice: { agent: "opencode" } } }]);
  });

  it("GR5 says of which agents guests have nothing, unless one is alone", async () => {
    const limits = () => screen.queryAllByText(/limited/).length;
    await draw(view(ADA, { prompt_now: true, steer: true }));
    await userEvent.click(button("Claude Code · sonnet"));
    expect(limits()).toBe(2);
    cleanup();
    await draw(view(ADA, { prompt_now: true, steer: true }, { roster: [ADA] }));
    await userEvent.click(button("Claude Code · sonnet"));
    expect(limits()).toBe(0);
  });

  it("GR5 tells a guest before the first word that the chosen agent does not run for them, and what to do", async () => {
    const said = () => screen.queryByText(/does not run for you here/)?.textContent ?? "";
    const steers = { prompt_now: true, steer: true };
    const bypass: Said = [1, { type: "rights_changed", person: "chen", rights: CHEN.rights, ceiling: "bypass" }];
    const shown = async (given: RoomView, events = joined()) => {
      await draw(given, { events });
      const words = said();
      cleanup();
      return words;
    };
    expect(await shown(view(CHEN, steers))).toBe("Claude Code can’t be limited, so it does not run for you here. Choose another agent.");
    expect(await shown(view(GUEST, { suggest: true }))).toMatch(/Ask for another agent\.$/);
    expect(await shown(view(CHEN, steers), [...joined(), bypass])).toBe("");
    expect(await shown(view(ADA, steers))).toBe("");
    expect(await shown(view(CHEN, steers, { choice: { agent: "rehearsal" } }))).toBe("");
  });

  it("AG8 shows guests only agents that are there", async () => {
    await draw(view(CHEN, { prompt_now: true, steer: true }));
    await userEvent.click(button("Claude Code · sonnet"));
    expect(screen.queryByRole("radio", { name: /goose/ })).toBeNull();
    expect(screen.getAllByRole("radio")).toHaveLength(3);
  });
});
