import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MANY_AGENTS } from "../../../dev/agents";
import { joined, type Said } from "../../../dev/events";
import { ADA, CHEN, GUEST } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import type { RoomView } from "../../gen/RoomView";
import { Composer } from "./composer";

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const steers = { prompt_now: true, steer: true };

async function open(shown: RoomView, name: string, events: Said[] = joined()) {
  const link = await renderRoom({ view: shown, events }, (room) => <Composer room={room} session="s1" />);
  await userEvent.click(screen.getByRole("button", { name }));
  return link;
}

const options = (label: string) => [...screen.getByLabelText<HTMLSelectElement>(label).options];

describe("what the next turn is set to", () => {
  it("AG9 lists the models, modes and efforts that the agent has said it offers", async () => {
    const link = await open(view(ADA, steers), "Claude Code · sonnet");
    expect(options("Model").map((one) => one.text)).toEqual(["the agent’s own choice", "Default (Opus 5)", "Sonnet 5", "Haiku 5"]);
    expect(screen.getByLabelText<HTMLSelectElement>("Model").value).toBe("sonnet");
    await userEvent.selectOptions(screen.getByLabelText("Mode"), "plan");
    await userEvent.selectOptions(screen.getByLabelText("Effort"), "high");
    await userEvent.selectOptions(screen.getByLabelText("Model"), "");
    const choice = { agent: "claude-code", model: "sonnet" };
    expect(link.asked).toEqual([
      { method: "choose_agent", params: { session: "s1", choice: { ...choice, mode: "plan" } } },
      { method: "choose_agent", params: { session: "s1", choice: { ...choice, effort: "high" } } },
      { method: "choose_agent", params: { session: "s1", choice: { agent: "claude-code" } } },
    ]);
  });

  it("AG9 says beside the message how hard the agent is to think, where that was chosen", async () => {
    await open(view(ADA, steers, { choice: { agent: "claude-code", model: "sonnet", effort: "high" } }), "Claude Code · sonnet · high effort");
    expect(screen.getByLabelText<HTMLSelectElement>("Effort").value).toBe("high");
  });

  it("AG9 keeps a model that the agent does not name, and takes any word where it has named none", async () => {
    await open(view(ADA, steers, { choice: { agent: "claude-code", model: "opus-4" } }), "Claude Code · opus-4");
    expect(options("Model").at(-1)?.value).toBe("opus-4");
    cleanup();
    const link = await open(view(ADA, steers, { choice: { agent: "goose" } }), "goose");
    await userEvent.type(screen.getByLabelText("Model"), "big{Enter}");
    expect(link.asked).toEqual([{ method: "choose_agent", params: { session: "s1", choice: { agent: "goose", model: "big" } } }]);
  });

  it("AG9 comes back to an agent as it was last set in this room", async () => {
    const link = await open(view(ADA, steers), "Claude Code · sonnet");
    await userEvent.click(screen.getByRole("radio", { name: /^opencode/ }));
    cleanup();
    const back = await open(view(ADA, steers, { choice: { agent: "opencode" } }), "opencode");
    await userEvent.click(screen.getByRole("radio", { name: /^Claude Code/ }));
    const choice = (agent: string, more = {}) => [{ method: "choose_agent", params: { session: "s1", choice: { agent, ...more } } }];
    expect(link.asked).toEqual(choice("opencode"));
    expect(back.asked).toEqual(choice("claude-code", { model: "sonnet" }));
  });

  it("AG9 says before anything is written that the chosen agent will not start", async () => {
    const said = () => screen.queryByText(/do not start/)?.textContent ?? "";
    const draw = async (shown: RoomView) => {
      await renderRoom({ view: shown, agents: MANY_AGENTS }, (room) => <Composer room={room} session="s1" />);
      const words = said();
      cleanup();
      return words;
    };
    const off = { choice: { agent: "qwen" } };
    expect(await draw(view(ADA, steers, off))).toBe("Qwen Code is switched off here, so its turns do not start. Choose another agent.");
    expect(await draw(view(GUEST, { suggest: true }, off))).toMatch(/Ask for another agent\.$/);
    expect(await draw(view(ADA, steers, { choice: { agent: "goose" } }))).toMatch(/^goose was not found on the host/);
    expect(await draw(view(ADA, steers))).toBe("");
  });

  it("GR5 shuts modes that may do more than the guest’s share allows", async () => {
    const shut = () => options("Mode").filter((one) => one.disabled).map((one) => one.value);
    const rehearsal = view(CHEN, steers, { choice: { agent: "rehearsal" } });
    const ceiling = (ceiling: "ask" | "accept-edits"): Said[] => [...joined(), [1, { type: "rights_changed", person: "chen", rights: CHEN.rights, ceiling }]];
    await open(rehearsal, "Rehearsal", ceiling("ask"));
    expect(shut()).toEqual(["accept-edits"]);
    cleanup();
    await open(rehearsal, "Rehearsal", ceiling("accept-edits"));
    expect(shut()).toEqual([]);
  });
});
